import type { BatchRecord, EpochRecord, Frame, Ledger, LogLine, Marker, SeriesPoint } from '../../../src/shared/frames'

/** A second of history at `atMs` in which nothing happened, but for what is said. */
export function point(atMs: number, parts: Partial<SeriesPoint> = {}): SeriesPoint {
  return {
    atMs,
    done: 0,
    rateLimited: 0,
    failed: 0,
    transient: 0,
    requestsSent: 0,
    requestsAccepted: 0,
    requestsRefused: 0,
    ready: 0,
    delayed: 0,
    inFlight: 0,
    batchSize: 20,
    ...parts,
  }
}

/** Quiet seconds from `fromMs` on. */
export function points(fromMs: number, count: number, parts: Partial<SeriesPoint> = {}): SeriesPoint[] {
  return Array.from({ length: count }, (_, i) => point(fromMs + i * 1000, parts))
}

export function marker(seq: number, atMs: number, text = `marker ${seq}`): Marker {
  return { seq, atMs, kind: 'operator', text }
}

export function line(seq: number, text = `line ${seq}`, level: LogLine['level'] = 'info'): LogLine {
  return { seq, atMs: seq * 1000, level, text }
}

export function batch(number: number, parts: Partial<BatchRecord> = {}): BatchRecord {
  return {
    number,
    epoch: 1,
    size: 20,
    succeeded: 20,
    rateLimited: 0,
    transient: 0,
    timedOut: 0,
    permanent: 0,
    untouched: 0,
    startedAtMs: number * 1000,
    tookMs: 1000,
    waitMs: 200,
    why: 'normal pause',
    ...parts,
  }
}

export function epoch(number: number, parts: Partial<EpochRecord> = {}): EpochRecord {
  return {
    number,
    pacing: 'adaptive',
    sizing: 'manual',
    batchSize: 20,
    meanBatchSize: 20,
    startedAtMs: 0,
    endedAtMs: null,
    workedSeconds: 60,
    finished: 100,
    done: 100,
    goodputPerSecond: 10,
    refusalsPerSuccess: 0,
    requestsPerPair: 1.4,
    yieldShare: 1,
    pairMsP95: 1500,
    ...parts,
  }
}

export function ledger(parts: Partial<Ledger> = {}): Ledger {
  return {
    enqueued: 0,
    ready: 0,
    delayed: 0,
    inFlight: 0,
    done: 0,
    failed: 0,
    discarded: 0,
    lost: 0,
    inbox: 0,
    rejected: 0,
    duplicates: 0,
    recovered: 0,
    oldestReadyMs: null,
    auditedAtMs: 0,
    ...parts,
  }
}

export const NO_RUN_GAUGES: Frame['gauges'] = {
  goodputPerSecond: null,
  runGoodputPerSecond: null,
  acceptedPerSecond: null,
  refusedShare: null,
  quotaPerSecond: null,
  pairMsP50: null,
  pairMsP95: null,
  requestsPerPair: null,
  etaSeconds: null,
  runningForMs: 0,
  run: null,
  batchSize: { asked: 20, inForce: 20, previous: null, inForceForMs: null, sizing: 'manual', advised: null },
  pacing: { kind: 'classic', waitMs: 200, why: 'normal pause' },
  breaker: { kind: 'closed', reason: null, retryInMs: 0 },
  pairTimeoutMs: 300_000,
  pairTimeoutInForceMs: null,
  computeUnits: { spent: 0, budget: null, toCome: null },
  resumesAtMs: null,
  sweep: null,
  quotas: [],
  redisMs: null,
}

/** A frame without news, but for what is said. */
export function frame(seq: number, parts: Partial<Frame> = {}): Frame {
  return {
    seq,
    atMs: seq * 250,
    state: { kind: 'idle' },
    ledger: null,
    gauges: NO_RUN_GAUGES,
    connections: { pipeline: 'default', demo: true, redis: 'private Redis', api: 'built-in simulator' },
    points: [],
    batches: [],
    log: [],
    markers: [],
    exports: [],
    epochs: [],
    discovery: null,
    pairImport: null,
    ...parts,
  }
}
