import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCrashSite, type CrashPoint } from './crash-points'
import { describePlan, planOf } from './plan'
import { runPlan } from './run-plan'

/** The short form of `npm run chaos`: two plans that are always the same, and a sample of the crash points. */
describe('a plan of faults', () => {
  it.each([20261124, 7])('loses nothing and counts nothing twice: seed %i', async (seed) => {
    const plan = planOf(seed, 300)
    const { count, isWhole, isFinished, said } = await runPlan(plan)
    const about = `${describePlan(plan)}\n${JSON.stringify(count)}\nReplay it: npm run chaos -- --plan ${seed} --pairs 300\n${said.join('\n')}`
    expect(isWhole, about).toBe(true)
    expect(isFinished, about).toBe(true)
    expect(count.done + count.failed).toBe(300)
  })

  it('follows from its seed', () => {
    expect(planOf(5, 100)).toEqual(planOf(5, 100))
    expect(planOf(5, 100)).not.toEqual(planOf(6, 100))
  })
})

describe('an engine that is killed between two commands to Redis', () => {
  let site: Awaited<ReturnType<typeof openCrashSite>>
  beforeAll(async () => {
    site = await openCrashSite()
  })
  afterAll(() => site.close())

  const sample: CrashPoint[] = ['recover', 'admit', 'claim', 'heartbeat', 'settle'].flatMap((command) => [
    { command, moment: 'unsent' as const },
    { command, moment: 'unanswered' as const },
  ])
  it.concurrent.each(sample)('loses nothing: $command, $moment', async (point) => {
    expect(await site.crashAt(point)).toMatchObject({ isReached: true, isWhole: true, name: point.command })
  })
})
