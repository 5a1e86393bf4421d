import { z } from 'zod'
import type { RecordedFrame } from '../../shared/runs'
import { PLAN_NAMES } from '../../shared/plans'
import { POINT_CELLS } from './point-cells'

/**
 * What a recorded frame has to look like to be shown: another version of Sluice may have recorded it. Each part is checked by the
 * compiler to be what the window expects; a part that changes its shape wants another VERSION in `recorded-frames.ts`.
 */

const number = z.number()
const known = number.nullable()
const pausedBy = z.enum(['operator', 'configuration', 'allowance'])
const pacing = z.enum(['adaptive', 'classic'])
const sizing = z.enum(['auto', 'manual'])

const state = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['idle', 'running', 'draining', 'stopping']) }),
  z.object({ kind: z.enum(['pausing', 'paused']), reason: z.string(), by: pausedBy }),
  z.object({ kind: z.literal('waiting-for-redis'), sinceMs: number, reason: z.string() }),
  z.object({ kind: z.literal('redis-full'), sinceMs: number }),
])

const ledger = z.object({
  ...numbers('enqueued', 'ready', 'delayed', 'inFlight', 'done', 'failed', 'discarded', 'lost', 'inbox', 'rejected', 'duplicates', 'recovered', 'auditedAtMs'),
  oldestReadyMs: known,
})

const sweep = z.object({
  state: z.enum(['running', 'finished', 'cancelled']),
  size: number,
  findings: z.array(z.object(numbers('size', 'goodputPerSecond', 'low', 'high', 'refusedShare', 'heldMs'))),
  why: z.string(),
})

const toldQuota = z.object({
  by: z.enum(['settings', 'operator']),
  plan: z.enum(PLAN_NAMES).nullable(),
  limits: z.array(z.object(numbers('requests', 'windowSeconds'))).readonly(),
})

const quota = z.object({
  number,
  account: z.string(),
  told: toldQuota,
  quotaPerSecond: known,
  uncertainty: number,
  source: z.enum(['configured', 'headers', 'learned']),
  permittedPerSecond: known,
  engines: number,
  heldForMs: number,
  why: z.string(),
})

const gauges = z.object({
  goodputPerSecond: known,
  runGoodputPerSecond: known,
  acceptedPerSecond: known,
  refusedShare: known,
  quotaPerSecond: known,
  pairMsP50: known,
  pairMsP95: known,
  requestsPerPair: known,
  etaSeconds: z.object(numbers('low', 'high')).nullable(),
  runningForMs: number,
  run: z.object({ startedAtMs: number, endedAtMs: known }).nullable(),
  batchSize: z.object({
    asked: number,
    inForce: number,
    previous: known,
    inForceForMs: known,
    sizing,
    advised: z.object({ size: number, why: z.string() }).nullable(),
  }),
  pacing: z.object({ kind: pacing, waitMs: number, why: z.string() }),
  breaker: z.object({ kind: z.enum(['closed', 'open', 'half-open', 'closing']), reason: z.string().nullable(), retryInMs: number }),
  pairTimeoutMs: number,
  // Recordings of an older version lack these two.
  pairTimeoutInForceMs: known.default(null),
  computeUnits: z
    .object({ spent: number, budget: known, toCome: z.object({ low: number, high: number }).nullable() })
    .default({ spent: 0, budget: null, toCome: null }),
  resumesAtMs: known,
  sweep: sweep.nullable(),
  quotas: z.array(quota),
  redisMs: known,
})

const batch = z.object({
  ...numbers('number', 'epoch', 'size', 'succeeded', 'rateLimited', 'transient', 'timedOut', 'permanent', 'untouched', 'startedAtMs', 'tookMs', 'waitMs'),
  why: z.string(),
})

const epoch = z.object({
  ...numbers('number', 'batchSize', 'startedAtMs', 'workedSeconds', 'finished', 'done'),
  pacing,
  sizing,
  meanBatchSize: known,
  endedAtMs: known,
  goodputPerSecond: known,
  refusalsPerSuccess: known,
  requestsPerPair: known,
  yieldShare: known,
  pairMsP95: known,
})

const told = { seq: number, atMs: number, text: z.string() }

/** As it is kept: the points as rows, the seconds that each stands for first. */
export const keptFrameSchema = z.object({
  atMs: number,
  state,
  ledger: ledger.nullable(),
  gauges,
  batches: z.array(batch),
  log: z.array(z.object({ ...told, level: z.enum(['info', 'warn', 'error']) })),
  markers: z.array(z.object({ ...told, kind: z.enum(['operator', 'engine', 'redis']) })),
  epochs: z.array(epoch),
  points: z.array(z.tuple([number.min(1), z.array(known).length(POINT_CELLS.length)])),
}) satisfies z.ZodType<Omit<RecordedFrame, 'points'>>

function numbers<N extends string>(...names: readonly N[]): Record<N, z.ZodNumber> {
  // Every name has got its entry.
  return Object.fromEntries(names.map((name) => [name, number])) as Record<N, z.ZodNumber>
}
