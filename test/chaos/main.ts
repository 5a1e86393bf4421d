import { parseArgs } from 'node:util'
import { drawFor } from '../../src/main/simulator/chance'
import { openCrashSite, type CrashOutcome, type CrashPoint } from './crash-points'
import { describePlan, planOf, type Plan } from './plan'
import { endAllWithThis } from './processes'
import { runPlan, type Verdict } from './run-plan'

/**
 * npm run chaos -- --plans N --seed S --pairs P: runs so many plans of faults, each with a seed of its own that follows from
 * S, or with --plan X just that one; before that, unless one plan is asked for, kills an engine between any two of its
 * commands to Redis, each place once. A plan that loses or doubles anything, breaks or does not end prints its seed, and the
 * command that replays it.
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
  endAllWithThis()
  const pairs = wholeNumber('--pairs', values.pairs)
  const plans = wholeNumber('--plans', values.plans)
  const seeds = values.plan === undefined ? Array.from({ length: plans }, (_, i) => Math.floor(drawFor(values.seed, i) * 2 ** 31)) : [wholeNumber('--plan', values.plan)]
  const struck = new Map<string, number>()
  if (values.plan === undefined && !(await crashEverywhere())) process.exitCode = 1
  process.stdout.write(`seed ${values.seed}: ${seeds.length} plans of ${pairs} pairs\n`)
  let failed = 0
  for (const [i, seed] of seeds.entries()) {
    const plan = planOf(seed, pairs)
    for (const { kind, ...strike } of plan.strikes) tally(struck, 'spec' in strike ? strike.spec : kind)
    const { isGood, told } = await runAndTell(plan, values.plan !== undefined)
    process.stdout.write(`${i + 1}/${seeds.length} plan ${seed}: ${told}\n`)
    if (isGood) continue
    failed += 1
    process.stdout.write(`${describePlan(plan)}\nReplay it: npm run chaos -- --plan ${seed} --pairs ${pairs}\n`)
  }
  process.stdout.write(`struck by: ${[...struck].map(([what, times]) => `${what} ${times}`).join(', ')}\n`)
  process.stdout.write(`${seeds.length - failed} of ${seeds.length} plans: nothing lost, nothing double\n`)
  if (failed > 0) process.exitCode = 1
}

/** Longer than any plan that ends: two minutes for handing in, two for the inbox, two for the rest. */
const PLAN_LIMIT_MS = 7 * 60_000

/** A plan that cannot be carried out, or has no end, is a failed one: whoever reads of it must be able to repeat it. */
async function runAndTell(plan: Plan, atLength: boolean): Promise<{ readonly isGood: boolean; readonly told: string }> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new Error(`it did not end within ${PLAN_LIMIT_MS / 60_000} minutes`)), PLAN_LIMIT_MS)
  try {
    return tellOf(await runPlan(plan, limit.signal), atLength)
  } catch (error) {
    return { isGood: false, told: `NOT RUN: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }
  } finally {
    clearTimeout(timer)
  }
}

function tellOf({ isWhole, isFinished, count, doneTwice, settledByOthers, said, tookMs }: Verdict, atLength: boolean) {
  const { lost, double, done, failed } = count
  const isGood = isWhole && isFinished
  const verdict = isGood ? 'whole' : isWhole ? 'NOT FINISHED' : 'NOT WHOLE'
  const figures = `${lost} lost, ${double.length + doneTwice.length + settledByOthers.length} double, ${done} done, ${failed} failed`
  const details = isGood ? [] : [JSON.stringify({ ...count, doneTwice, settledByOthers, missing: count.missing.slice(0, 5) }), ...(atLength ? said : [])]
  return { isGood, told: [`${verdict}: ${figures}, ${(tookMs / 1000).toFixed(1)} s`, ...details].join('\n---\n') }
}

function wholeNumber(flag: string, text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new Error(`${flag} ${text}: allowed is a whole number from 1 on`)
}

function tally(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

const AT_ONCE = 3
const MOMENTS = ['unsent', 'unanswered'] as const satisfies readonly CrashPoint['moment'][]

/** Commands that a short run need not come to by itself. */
const RARE = ['heartbeat', 'recover', 'publish']
/** A command that only some runs send is waited for in so many. */
const TRIES = 5

/**
 * Kills an engine at each command of a run in turn; then, since no two runs send the same commands in the same order, at the
 * first of each kind that any run sent and that was not struck at both moments. Answers whether every place was reached, and
 * nothing was lost at any.
 */
async function crashEverywhere(): Promise<boolean> {
  const site = await openCrashSite()
  const record = new CrashRecord()
  let [next, isOver] = [1, false]
  const worker = async () => {
    while (!isOver) {
      const command = next
      next += 1
      for (const moment of MOMENTS) {
        if (record.note(await site.crashAt({ command, moment }))) continue
        isOver = true
        break
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  for (let missing = record.missing; missing[0]; missing = record.missing) {
    const [{ command, moment }] = missing
    let tries = 0
    while (record.isMissing(command, moment) && tries < TRIES) {
      record.note(await site.crashAt({ command, moment }))
      tries += 1
    }
    if (record.isMissing(command, moment)) record.giveUp(command, moment)
  }
  await site.close()
  process.stdout.write(record.told)
  return record.isGood
}

/** Where engines were killed, and what came of it. */
class CrashRecord {
  readonly #struck = new Map<string, number>()
  readonly #seen = new Set(RARE)
  readonly #unreached = new Set<string>()
  #tried = 0
  #isWhole = true

  /** Answers whether the engine came to that place. */
  note({ point, isReached, isWhole, name, seen }: CrashOutcome): boolean {
    for (const one of seen) this.#seen.add(one)
    if (!isReached) return false
    this.#tried += 1
    tally(this.#struck, `${name} ${point.moment}`)
    if (!isWhole) process.stdout.write(`killed at command ${point.command} (${name}), ${point.moment}: NOT WHOLE\n`)
    this.#isWhole &&= isWhole
    return true
  }

  isMissing(command: string, moment: CrashPoint['moment']): boolean {
    const place = `${command} ${moment}`
    return !this.#struck.has(place) && !this.#unreached.has(place)
  }

  get missing(): readonly { readonly command: string; readonly moment: CrashPoint['moment'] }[] {
    const all = [...this.#seen].flatMap((command) => MOMENTS.map((moment) => ({ command, moment })))
    return all.filter(({ command, moment }) => this.isMissing(command, moment))
  }

  giveUp(command: string, moment: CrashPoint['moment']): void {
    this.#unreached.add(`${command} ${moment}`)
    process.stdout.write(`no engine came to ${command}, to be killed ${moment}: NOT REACHED\n`)
  }

  get isGood(): boolean {
    return this.#isWhole && this.#unreached.size === 0 && this.#tried > 0
  }

  get told(): string {
    const places = [...this.#struck].map(([place, times]) => `${place} ${times}`)
    const verdict = this.isGood ? 'nothing lost, nothing double' : 'NOT WHOLE, or not everywhere'
    return `killed at: ${places.join(', ')}\nkilled at ${this.#tried} places, each of ${this.#seen.size} kinds of command before it arrived and after it was carried out: ${verdict}\n`
  }
}
