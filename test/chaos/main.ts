import { parseArgs } from 'node:util'
import { drawFor } from '../../src/main/simulator/chance'
import { openCrashSite, type CrashOutcome, type CrashPoint } from './crash-points'
import { describePlan, planOf } from './plan'
import { runPlan } from './run-plan'

/**
 * npm run chaos -- --plans N --seed S --pairs P: runs so many plans of faults, each with a seed of its own that follows from
 * S, or with --plan X just that one; before that, unless one plan is asked for, kills an engine between any two of its
 * commands to Redis, each place once. A plan that loses or doubles anything prints its seed, and the command that replays it.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      plans: { type: 'string', default: '200' },
      pairs: { type: 'string', default: '2000' },
      seed: { type: 'string', default: String(Date.now()) },
      plan: { type: 'string' },
    },
  })
  const pairs = Number(values.pairs)
  const seeds = values.plan ? [Number(values.plan)] : Array.from({ length: Number(values.plans) }, (_, i) => Math.floor(drawFor(values.seed, i) * 2 ** 31))
  const failed: number[] = []
  if (!values.plan && !(await crashEverywhere())) process.exitCode = 1
  process.stdout.write(`seed ${values.seed}: ${seeds.length} plans of ${pairs} pairs\n`)
  for (const [i, seed] of seeds.entries()) {
    const plan = planOf(seed, pairs)
    const { isWhole, isFinished, count, doneTwice, said, tookMs } = await runPlan(plan)
    const { lost, double, done, failed: failedPairs } = count
    const verdict = isWhole && isFinished ? 'whole' : isWhole ? 'NOT FINISHED' : 'NOT WHOLE'
    process.stdout.write(
      `${i + 1}/${seeds.length} plan ${seed}: ${verdict}: ${lost} lost, ${double.length + doneTwice.length} double, ${done} done, ${failedPairs} failed, ${(tookMs / 1000).toFixed(1)} s\n`,
    )
    if (isWhole && isFinished) continue
    failed.push(seed)
    process.stdout.write(`${describePlan(plan)}\n${JSON.stringify({ ...count, doneTwice, missing: count.missing.slice(0, 5) })}\n`)
    if (values.plan) process.stdout.write(`${said.join('\n---\n')}\n`)
    process.stdout.write(`Replay it: npm run chaos -- --plan ${seed} --pairs ${pairs}\n`)
  }
  process.stdout.write(`${seeds.length - failed.length} of ${seeds.length} plans: nothing lost, nothing double\n`)
  if (failed.length > 0) process.exitCode = 1
}

const AT_ONCE = 3
const MOMENTS = ['unsent', 'unanswered'] as const satisfies readonly CrashPoint['moment'][]

/** Commands that a short run need not come to by itself. */
const RARE = ['heartbeat', 'recover', 'publish']

/** Answers whether nothing was lost at any place: at each command of a run in turn, then at the first of each rare kind. */
async function crashEverywhere(): Promise<boolean> {
  const site = await openCrashSite()
  const killedAt = new Map<string, number>()
  let [next, tried, isOver, isWhole] = [1, 0, false, true]
  const judge = (outcome: CrashOutcome) => {
    const { command, moment } = outcome.point
    if (!outcome.isReached) return void process.stdout.write(`no engine came to ${command}\n`)
    tried += 1
    killedAt.set(outcome.name, (killedAt.get(outcome.name) ?? 0) + 1)
    if (outcome.isWhole) return
    isWhole = false
    process.stdout.write(`killed at command ${command} (${outcome.name}), ${moment}: NOT WHOLE\n`)
  }
  const worker = async () => {
    while (!isOver) {
      const command = next
      next += 1
      for (const moment of MOMENTS) {
        const outcome = await site.crashAt({ command, moment })
        if (!outcome.isReached) {
          isOver = true
          break
        }
        judge(outcome)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  for (const command of RARE.filter((name) => !killedAt.has(name))) {
    for (const moment of MOMENTS) judge(await site.crashAt({ command, moment }))
  }
  await site.close()
  const places = [...killedAt].map(([name, times]) => `${name} ${times}`)
  process.stdout.write(`killed at: ${places.join(', ')}\n`)
  process.stdout.write(`killed at each of ${tried} places between two commands to Redis: ${isWhole ? 'nothing lost, nothing double' : 'NOT WHOLE'}\n`)
  return isWhole
}
