import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCrashSite, type CrashPoint } from './crash-points'
import { parseFaults } from '../../src/main/simulator/faults'
import { API_FAULTS, API_REFUSALS, describePlan, planOf, STRIKE_KINDS } from './plan'
import { runPlan } from './run-plan'

/** Chosen so that together they strike in every way, the clock in both directions, under either setting of Redis. */
const SHORT_SEEDS = [2602, 2403]

/** The short form of `npm run chaos`: two plans that are always the same, and a sample of the crash points. */
describe('a plan of faults', () => {
  it.each(SHORT_SEEDS)('loses nothing and counts nothing twice: seed %i', async (seed) => {
    const plan = planOf(seed, 300)
    const { count, isWhole, isFinished, said, doneTwice, settledByOthers } = await runPlan(plan)
    const about = `${describePlan(plan)}\n${JSON.stringify({ ...count, doneTwice, settledByOthers })}\nReplay it: npm run chaos -- --plan ${seed} --pairs 300\n${said.join('\n')}`
    expect(isWhole, about).toBe(true)
    expect(isFinished, about).toBe(true)
    expect(count.done + count.failed).toBe(300)
  })

  it('strikes in every way in the short form', () => {
    const plans = SHORT_SEEDS.map((seed) => planOf(seed, 300))
    const strikes = plans.flatMap((plan) => plan.strikes)
    expect([...new Set(strikes.map(({ kind }) => kind))].toSorted()).toEqual([...new Set(STRIKE_KINDS)].toSorted())
    expect(new Set(strikes.flatMap((strike) => (strike.kind === 'shift-clock' ? strike.hours : [])))).toEqual(new Set([-1, 1]))
    expect(plans.map(({ appendfsync }) => appendfsync).toSorted()).toEqual(['always', 'everysec'])
  })

  it('has every fault of the simulator to choose from', () => {
    const known = /allowed are (.*)$/.exec(messageOf(() => parseFaults('no-such-fault')))?.[1]?.split(', ') ?? []
    const chosen = [...API_FAULTS, ...API_REFUSALS].map((spec) => spec.split('=')[0] ?? '')
    expect(known.length).toBeGreaterThan(10)
    expect(known.filter((name) => !chosen.includes(name))).toEqual([])
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

function messageOf(task: () => unknown): string {
  try {
    task()
  } catch (error) {
    return String(error)
  }
  return ''
}
