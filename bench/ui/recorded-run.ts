import { openBooks } from '../../src/main/assembly/books'
import { runsOf } from '../../src/main/assembly/charts'
import { configSchema } from '../../src/shared/config'
import type { BatchRecord, Frame, Ledger, Marker } from '../../src/shared/frames'
import type { RecordedFrame } from '../../src/shared/runs'
import { pointAt } from './hour'

const MARKER_EVERY_SECONDS = 120
const BATCHES_A_SECOND = 8

/** Leaves a run of so many seconds, ended just now, among those of the console that has its data in `userData`. Answers its size in Redis. */
export async function recordRun(url: string, userData: string, seconds: number, pairsPerSecond: number): Promise<number> {
  const config = configSchema.parse({ redis: { url } })
  const books = await openBooks(config, userData, config.redis)
  try {
    const runs = runsOf(books, userData)
    const startedAtMs = (Math.floor(Date.now() / 1000) - seconds) * 1000
    const endedAtMs = startedAtMs + seconds * 1000
    const frames = Array.from({ length: seconds }, (_, second) => frameAt(startedAtMs, second, pairsPerSecond))
    const done = seconds * pairsPerSecond
    const counts = { finished: done, done, requestsAccepted: done, requestsRefused: 0 }
    await runs.append({ id: startedAtMs, startedAtMs, endedAtMs, recordedUntilMs: endedAtMs, ...counts, pacing: 'adaptive', frames: seconds, stepSeconds: 1 }, frames)
    return (await runs.list())[0]?.bytes ?? 0
  } finally {
    await books.close()
  }
}

function frameAt(startedAtMs: number, second: number, pairsPerSecond: number): RecordedFrame {
  const atMs = startedAtMs + second * 1000 + 400
  const log = [{ seq: second * 2, atMs, level: 'info', text: `${BATCHES_A_SECOND} batches completed: ${pairsPerSecond} successful, 0 rate-limited` }] as const
  return {
    atMs,
    state: { kind: 'running' },
    ledger: ledgerAt(atMs, second * pairsPerSecond),
    gauges: gaugesAt(startedAtMs, second, pairsPerSecond),
    points: [{ ...pointAt(startedAtMs + second * 1000, pairsPerSecond), seconds: 1 }],
    batches: Array.from({ length: BATCHES_A_SECOND }, (_, i) => batchOf(second * BATCHES_A_SECOND + i + 1, atMs)),
    log,
    markers: second % MARKER_EVERY_SECONDS === 0 ? [markerAt(second * 2 + 1, atMs)] : [],
    epochs: [],
  }
}

function markerAt(seq: number, atMs: number): Marker {
  return { seq, atMs, kind: 'operator', text: 'Batch size 60 → 62' }
}

function ledgerAt(auditedAtMs: number, done: number): Ledger {
  const enqueued = 10_000_000
  const inFlight = 60
  const rest = { delayed: 0, failed: 0, discarded: 0, lost: 0, inbox: 0, rejected: 0, duplicates: 0, recovered: 0, oldestReadyMs: 60_000 }
  return { enqueued, ready: enqueued - inFlight - done, inFlight, done, auditedAtMs, ...rest }
}

function batchOf(number: number, startedAtMs: number): BatchRecord {
  const outcomes = { succeeded: 60 + (number % 5), rateLimited: number % 3, transient: 0, timedOut: 0, permanent: 0, untouched: 0 }
  return { number, epoch: 1, size: 62, ...outcomes, startedAtMs, tookMs: 40 + (number % 17), waitMs: 0, why: 'as slots become free' }
}

function gaugesAt(startedAtMs: number, second: number, pairsPerSecond: number): Frame['gauges'] {
  return {
    goodputPerSecond: pairsPerSecond + (second % 7),
    runGoodputPerSecond: pairsPerSecond,
    acceptedPerSecond: pairsPerSecond,
    refusedShare: 0.001,
    quotaPerSecond: pairsPerSecond * 1.1,
    pairMsP50: 45 + (second % 5),
    pairMsP95: 80 + (second % 9),
    requestsPerPair: 1,
    etaSeconds: { low: 5000 - second, high: 6000 - second },
    runningForMs: second * 1000,
    run: { startedAtMs, endedAtMs: null },
    batchSize: { asked: 62, inForce: 62, previous: 60, inForceForMs: second * 1000, sizing: 'auto', advised: { size: 62, why: '1,100 requests/s ÷ 1 × 45 ms' } },
    pacing: { kind: 'adaptive', waitMs: 0, why: '' },
    breaker: { kind: 'closed', reason: null, retryInMs: 0 },
    pairTimeoutMs: 300_000,
    pairTimeoutInForceMs: 300_000,
    computeUnits: { spent: 41_820, budget: null, toCome: { low: 20_000, high: 22_000 } },
    resumesAtMs: null,
    sweep: null,
    quotas: [],
    redisMs: 0.4,
  }
}
