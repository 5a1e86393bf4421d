import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Redis } from 'ioredis'
import { PrivateRedis } from '../src/main/redis/private-redis'
import { workWithBull, type BullTuning } from './engine/bullmq'
import { workWithSluice, type SluiceTuning } from './engine/sluice'

/** What Sluice is to reach, as a multiple of BullMQ's pairs per second. */
const GOAL = 5
const SLUICE_TUNINGS: readonly SluiceTuning[] = [
  ...[500, 1000].map((batchSize) => ({ engines: 1, batchSize })),
  ...[300, 500, 800].map((batchSize) => ({ engines: 2, batchSize })),
  ...[200, 300, 400].map((batchSize) => ({ engines: 4, batchSize })),
  ...[150, 200].map((batchSize) => ({ engines: 6, batchSize })),
  ...[100, 200].map((batchSize) => ({ engines: 8, batchSize })),
]
const BULL_TUNINGS: readonly BullTuning[] = [
  ...[50, 100, 200, 500].map((concurrency) => ({ workers: 1, concurrency })),
  ...[50, 100].map((concurrency) => ({ workers: 2, concurrency })),
  ...[25, 50, 100, 200].map((concurrency) => ({ workers: 4, concurrency })),
  ...[25, 50].map((concurrency) => ({ workers: 8, concurrency })),
]

interface Side<Tuning> {
  readonly name: string
  readonly tunings: readonly Tuning[]
  /** Answers the ms that `count` pairs took. */
  work(url: string, count: number, tuning: Tuning): Promise<number>
}

/** Pairs per second by round, under the tuning that was best. */
interface Figures {
  readonly name: string
  readonly tuning: object
  readonly perSecond: readonly number[]
}

/**
 * Pairs per second through the engine, claim, a no-op and settle, against BullMQ's worker with the same no-op. Each run has a
 * Redis of its own, with an append-only file that is synced every second, in a fresh folder. Both sides run in this process,
 * get the tuning that serves them best, engines or workers and their size, then they take turns. The process has a young
 * generation of 64 MB (package.json): with V8's own of 16 MB both sides are slower, and neither as even.
 */
export async function main(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { json: { type: 'boolean' }, pairs: { type: 'string' }, rounds: { type: 'string' } },
  })
  const pairs = Number(values.pairs ?? 50_000)
  const rounds = Math.max(3, Number(values.rounds ?? 5))
  const say = (text: string) => void process.stderr.write(`${text}\n`)
  const sluice = await contender({ name: 'Sluice', tunings: SLUICE_TUNINGS, work: workWithSluice }, pairs, say)
  const bull = await contender({ name: 'BullMQ', tunings: BULL_TUNINGS, work: workWithBull }, pairs, say)
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, run } of [sluice, bull]) say(`round ${round}: ${name} ${Math.round(await run())} pairs/s`)
  }
  report([sluice.figures, bull.figures], pairs, values.json === true)
}

/** Finds the best tuning; the runs that find it are also the warm-up. */
async function contender<Tuning extends object>(side: Side<Tuning>, pairs: number, say: (text: string) => void) {
  const perSecond = async (tuning: Tuning, count: number) =>
    (count / (await withRedis((url) => side.work(url, count, tuning)))) * 1000
  let best: { tuning: Tuning; speed: number } | null = null
  for (const tuning of side.tunings) {
    const speed = await perSecond(tuning, Math.ceil(pairs / 2))
    say(`${side.name} ${JSON.stringify(tuning)}: ${Math.round(speed)} pairs/s`)
    if (best === null || speed > best.speed) best = { tuning, speed }
  }
  if (best === null) throw new Error(`${side.name} has no tuning to try`)
  const { tuning } = best
  const figures = { name: side.name, tuning, perSecond: [] as number[] }
  const run = async () => {
    const speed = await perSecond(tuning, pairs)
    figures.perSecond.push(speed)
    return speed
  }
  return { name: side.name, figures, run }
}

async function withRedis<T>(task: (url: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  const server = await PrivateRedis.start(folder)
  try {
    return await task(server.url)
  } finally {
    await emptied(server.url)
    await server.leave()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Nothing is to be saved at the end. */
async function emptied(url: string): Promise<void> {
  const redis = new Redis({ path: url.replace(/^unix:\/\//, '') })
  await redis.flushall()
  redis.disconnect()
}

function report([ours, theirs]: readonly [Figures, Figures], pairs: number, asJson: boolean): void {
  const ratio = median(ours.perSecond) / median(theirs.perSecond)
  if (asJson) {
    const sides = [ours, theirs].map((side) => ({ ...side, median: median(side.perSecond) }))
    process.stdout.write(`${JSON.stringify({ bench: 'engine', pairs, cpus: cpus().length, sides, ratio, goal: GOAL })}\n`)
    return
  }
  const rows = [ours, theirs].map(({ name, tuning, perSecond }) =>
    [name, median(perSecond), Math.min(...perSecond), Math.max(...perSecond)]
      .map((cell) => (typeof cell === 'number' ? String(Math.round(cell)) : cell).padStart(10))
      .concat(`  ${JSON.stringify(tuning)}`)
      .join(''),
  )
  const head = ['pairs/s', 'median', 'least', 'most'].map((cell) => cell.padStart(10)).join('')
  const verdict = `${ratio.toFixed(2)} times BullMQ (goal: ${GOAL})`
  process.stdout.write(`${[`${head}  tuning`, ...rows, verdict].join('\n')}\n`)
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (low + high) / 2
}
