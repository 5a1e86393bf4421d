/**
 * What main pushes to the window: gauges and what is new since the frame before, all of it bounded, at most seven frames a
 * second: three by the clock, and one for each command that comes into force. A window that joins late asks for a snapshot (the same shape with the whole bounded history) and goes on.
 */

import type { DiscoveryProgress } from './discovery'
import type { ImportProgress } from './pair-import'
import type { ToldQuota } from './quota-choice'

/** Most frames a second that main sends. */
export const MAX_FRAMES_PER_SECOND = 7
/** Seconds of history that a snapshot carries. */
export const HISTORY_SECONDS = 3600
export const MAX_BATCH_ROWS = 200
export const MAX_LOG_LINES = 500
export const MAX_MARKERS = 300
export const MAX_EPOCHS = 50

/** enqueued = ready + delayed + inFlight + done + failed + discarded + lost. All from one atomic look at Redis. */
export interface Ledger {
  readonly enqueued: number
  readonly ready: number
  readonly delayed: number
  readonly inFlight: number
  readonly done: number
  readonly failed: number
  readonly discarded: number
  /** What is missing from the sum. Must be 0. */
  readonly lost: number
  /** Still in the inbox, not yet part of the ledger. */
  readonly inbox: number
  /** Inbox entries that could not be read, kept with their reason. */
  readonly rejected: number
  /** Entries that named a pair which was already known. */
  readonly duplicates: number
  /** Pairs taken back from engines that died, over the life of the pipeline. */
  readonly recovered: number
  /** Age of the oldest of the next hundred ready pairs in ms, null when none is ready. */
  readonly oldestReadyMs: number | null
  /** Unix ms, the Redis server's clock. */
  readonly auditedAtMs: number
}

/** Who asked for a pause: a person, or the engine because no key or no allowance is left to work with. */
export type PausedBy = 'operator' | 'configuration' | 'allowance'

export type RunState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  /** Nothing new starts; what is in flight is being finished. */
  | { readonly kind: 'pausing'; readonly reason: string; readonly by: PausedBy }
  | { readonly kind: 'paused'; readonly reason: string; readonly by: PausedBy }
  /** Finishing what is in flight, then idle. */
  | { readonly kind: 'draining' }
  /** Giving back what is in flight, then idle. */
  | { readonly kind: 'stopping' }
  /** Redis does not answer: nothing can be claimed or settled until it does. */
  | { readonly kind: 'waiting-for-redis'; readonly sinceMs: number; readonly reason: string }
  /** Redis has no room (its `maxmemory`), and throws nothing away: nothing can be claimed or settled until it has some. */
  | { readonly kind: 'redis-full'; readonly sinceMs: number }

/** One settled batch. Also what Redis keeps and `export batches` writes. */
export interface BatchRecord {
  readonly number: number
  /** The epoch that it was claimed in; 0 for batches from before there were any. */
  readonly epoch: number
  readonly size: number
  readonly succeeded: number
  readonly rateLimited: number
  readonly transient: number
  readonly timedOut: number
  readonly permanent: number
  /** Allowance spent, configuration error or released: given back untouched. */
  readonly untouched: number
  /** Unix ms. */
  readonly startedAtMs: number
  readonly tookMs: number
  /** The pause after it, and why. */
  readonly waitMs: number
  readonly why: string
}

/** One second of history. Counts are of that second; depths and settings are as they stood at its end. */
export interface SeriesPoint {
  /** Unix ms, the start of the second. */
  readonly atMs: number
  readonly done: number
  readonly rateLimited: number
  readonly failed: number
  /** Transient errors: they are tried again. */
  readonly transient: number
  readonly requestsSent: number
  readonly requestsAccepted: number
  readonly requestsRefused: number
  readonly ready: number
  readonly delayed: number
  readonly inFlight: number
  /** In force. */
  readonly batchSize: number
  // Points that were recorded by an older version lack what follows.
  readonly batchSizeAsked?: number | null
  /** Ms per pair over the pairs done in that second; null when there were none. */
  readonly pairMsP50?: number | null
  readonly pairMsP95?: number | null
  /** Age in ms of the oldest of the next hundred ready pairs; null when none is ready. It grows while Redis is silent. */
  readonly oldestReadyMs?: number | null
  /** Requests per second over all accounts, as they were then; null where they were not known. */
  readonly permittedPerSecond?: number | null
  readonly quotaPerSecond?: number | null
}

export interface LogLine {
  /** Rising by one a line, so that a line is told from its repetition. */
  readonly seq: number
  readonly atMs: number
  readonly level: 'info' | 'warn' | 'error'
  readonly text: string
}

/** Something that happened at a moment: drawn across every chart, with its text. */
export interface Marker {
  readonly seq: number
  readonly atMs: number
  readonly kind: 'operator' | 'engine' | 'redis'
  readonly text: string
}

/** What one batch size brought while it was held. */
export interface SweepFinding {
  readonly size: number
  readonly goodputPerSecond: number
  /** The 90 % interval of the goodput. */
  readonly low: number
  readonly high: number
  readonly refusedShare: number
  readonly heldMs: number
}

/** The search for the best batch size. */
export interface SweepReport {
  readonly state: 'running' | 'finished' | 'cancelled'
  /** The size that is held now; the best one, once it has finished. */
  readonly size: number
  readonly findings: readonly SweepFinding[]
  /** How it ended, in words; empty while it runs. */
  readonly why: string
}

/** A span of constant settings, numbered over the life of the pipeline, and what came of it. */
export interface EpochRecord {
  readonly number: number
  readonly pacing: 'adaptive' | 'classic'
  readonly sizing: 'auto' | 'manual'
  /** As it was when the epoch began; under auto it wanders. */
  readonly batchSize: number
  /** Over its pairs; null before the first has finished. */
  readonly meanBatchSize: number | null
  /** Unix ms; `endedAtMs` null while it lasts. */
  readonly startedAtMs: number
  readonly endedAtMs: number | null
  /** Without pauses. */
  readonly workedSeconds: number
  /** Pairs claimed in it that have an outcome, and those of them that succeeded. */
  readonly finished: number
  readonly done: number
  /** Pairs done per second worked; null in the first second. */
  readonly goodputPerSecond: number | null
  /** Refused requests per pair done. Like the next, without the price requests that pairs share. */
  readonly refusalsPerSuccess: number | null
  readonly requestsPerPair: number | null
  /** Done of finished, 0–1. */
  readonly yieldShare: number | null
  readonly pairMsP95: number | null
}

/** What keeps the engine from working an API that is out of order. */
export interface BreakerReport {
  readonly kind: 'closed' | 'open' | 'half-open' | 'closing'
  /** Why it opened, null while it is closed. */
  readonly reason: string | null
  /** Milliseconds until the first pair is tried again; 0 unless it is open. */
  readonly retryInMs: number
}

/** One account's quota as the governor knows it. */
export interface QuotaReport {
  /** Names the account in commands. */
  readonly number: number
  readonly account: string
  readonly told: ToldQuota
  /** Requests per second in the long run; null while it is being learned. */
  readonly quotaPerSecond: number | null
  /** ± share of the quota that the measurement leaves open. */
  readonly uncertainty: number
  readonly source: 'configured' | 'headers' | 'learned'
  /** What is let through now, over all engines; null before there is a plan. */
  readonly permittedPerSecond: number | null
  /** Engines that share it, this one among them. */
  readonly engines: number
  /** Milliseconds until any request may be sent; 0 while permits flow. */
  readonly heldForMs: number
  /** What is done just now and why, in words. */
  readonly why: string
}

export interface Gauges {
  /** Pairs done per second over the last 30 s, null before anything is measured. */
  readonly goodputPerSecond: number | null
  /** Pairs done per second since this run began. */
  readonly runGoodputPerSecond: number | null
  /** Accepted requests per second over the last 30 s. */
  readonly acceptedPerSecond: number | null
  /** Refused share of the requests of the last 30 s, 0–1. */
  readonly refusedShare: number | null
  /** The quota in requests per second, all accounts together: simulated, said, or else learned; null where it is not known yet. */
  readonly quotaPerSecond: number | null
  readonly pairMsP50: number | null
  readonly pairMsP95: number | null
  readonly requestsPerPair: number | null
  /** Seconds until the queue is empty at the pace of the last minutes: the honest range, null where nothing can be said. */
  readonly etaSeconds: { readonly low: number; readonly high: number } | null
  readonly runningForMs: number
  /** The present run, else the last one, pauses included; null before the first. Unix ms; `endedAtMs` null while it lasts. */
  readonly run: { readonly startedAtMs: number; readonly endedAtMs: number | null } | null
  readonly batchSize: {
    readonly asked: number
    readonly inForce: number
    readonly previous: number | null
    /** How long the present size has been in force, null before the first batch. */
    readonly inForceForMs: number | null
    readonly sizing: 'auto' | 'manual'
    /** What auto would choose, and why; null before it can be told. */
    readonly advised: { readonly size: number; readonly why: string } | null
  }
  /** The wait before the next batch, and why. */
  readonly pacing: { readonly kind: 'adaptive' | 'classic'; readonly waitMs: number; readonly why: string }
  readonly breaker: BreakerReport
  /** How long a pair that is claimed now may take. */
  readonly pairTimeoutMs: number
  /** What the pairs that were claimed last have; null before the first claim. */
  readonly pairTimeoutInForceMs: number | null
  /** What requests cost since the console was started, what they may cost, and what the rest of the queue will: a 90 % interval. */
  readonly computeUnits: {
    readonly spent: number
    readonly budget: number | null
    readonly toCome: { readonly low: number; readonly high: number } | null
  }
  /** When the present pause ends by itself, Unix ms; null where none does. */
  readonly resumesAtMs: number | null
  /** The present search for the best batch size, else the last one; null before the first. */
  readonly sweep: SweepReport | null
  /** What the governor knows and does, account by account; empty while nothing is paced. */
  readonly quotas: readonly QuotaReport[]
  readonly redisMs: number | null
}

export interface ExportProgress {
  readonly id: string
  readonly kind: ExportKind
  readonly file: string
  /** Rows written. */
  readonly rows: number
  /** Items looked at, of which a filter may have left some out, and how many there are. */
  readonly seen: number
  readonly totalRows: number
  /** Unix ms. */
  readonly startedAtMs: number
  readonly state:
    | { readonly kind: 'writing' }
    | { readonly kind: 'finished'; readonly bytes: number }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed'; readonly message: string }
}

export const EXPORT_KINDS = ['results', 'failed', 'attempts', 'batches', 'epochs'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

/** Where the console is connected to, in words fit for the header. Never holds a key or a password. */
export interface Connections {
  readonly pipeline: string
  readonly demo: boolean
  /** For example "private Redis" or "redis.example.org:6379". */
  readonly redis: string
  /** For example "built-in simulator" or "BirdEye · 2 keys". */
  readonly api: string
}

export interface Frame {
  /** Rising by one a frame; a gap tells the window to ask for a snapshot. */
  readonly seq: number
  readonly atMs: number
  readonly state: RunState
  readonly ledger: Ledger | null
  readonly gauges: Gauges
  readonly connections: Connections
  /** New since the frame before, oldest first; a point with a known `atMs` replaces it. */
  readonly points: readonly SeriesPoint[]
  readonly batches: readonly BatchRecord[]
  readonly log: readonly LogLine[]
  readonly markers: readonly Marker[]
  readonly exports: readonly ExportProgress[]
  /** The present epoch as it stands, and those that have ended since the frame before. */
  readonly epochs: readonly EpochRecord[]
  /** The present discovery, else the last one; null before the first. */
  readonly discovery: DiscoveryProgress | null
  /** The present import of a file, else the last one; null before the first and once it is put away. */
  readonly pairImport: ImportProgress | null
}

/** The same with the whole bounded history. */
export type Snapshot = Frame
