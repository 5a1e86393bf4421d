/** Recorded runs: what of a run is kept when it has ended, so that the same views can be fed from it again. */

import type { Frame, SeriesPoint } from './frames'

/** Runs of one console that are kept, the newest; an older one goes when there are more. */
export const MAX_RUNS = 30
/** Frames that one run keeps at most: beyond that two are made into one, so that a run of days stays as small. */
export const MAX_RUN_FRAMES = 7200
/** Frames that one look at a recording brings at most. */
export const RUN_PAGE_FRAMES = 600

/** A second of a recording, or several that were made into one: counts are over all of them, the rest is as it stood at their end. */
export interface RecordedPoint extends SeriesPoint {
  /** How many seconds it stands for, 1 or more. */
  readonly seconds: number
}

/** What of a frame is recorded: the engine's side of it, without what a window asks for beside it. */
export interface RecordedFrame extends Pick<Frame, 'atMs' | 'state' | 'ledger' | 'gauges' | 'batches' | 'log' | 'markers' | 'epochs'> {
  readonly points: readonly RecordedPoint[]
}

/** One recorded run, as the list shows it. */
export interface RunSummary {
  /** Rises from run to run of one console. */
  readonly id: number
  /** Unix ms. */
  readonly startedAtMs: number
  /** Unix ms; null while it goes on, and where its end was not recorded: the app was killed then. */
  readonly endedAtMs: number | null
  /** Of its newest frame, Unix ms. */
  readonly recordedUntilMs: number
  /** Pairs that this run finished, and those of them that succeeded. */
  readonly finished: number
  readonly done: number
  readonly requestsAccepted: number
  readonly requestsRefused: number
  /** As it was at the end. */
  readonly pacing: Frame['gauges']['pacing']['kind']
  readonly frames: number
  /** How many seconds one frame stands for: 1, or more where a long run was made coarser. */
  readonly stepSeconds: number
  /** What it takes in Redis. */
  readonly bytes: number
}

/** A run's summary before it is known what it takes. */
export type RunFigures = Omit<RunSummary, 'bytes'>

export interface RunList {
  /** Newest first. */
  readonly runs: readonly RunSummary[]
  /** The run that goes on just now; null when none does. */
  readonly currentId: number | null
}

/** Frames of a recording, from the one that was asked for on; none where the recording is gone or at its end. */
export interface RunPage {
  readonly frames: readonly RecordedFrame[]
  /** Of the next page; null at the end. */
  readonly nextFrom: number | null
}
