import {
  HISTORY_SECONDS,
  MAX_BATCH_ROWS,
  MAX_EPOCHS,
  MAX_LOG_LINES,
  MAX_MARKERS,
  type Frame,
  type Snapshot,
} from '../../shared/frames'
import { mergeByKey } from './merge'
import { sharedWith } from './structural-sharing'

/** All that the window knows of the engine: the newest gauges, and the bounded history. */
export interface Picture extends Frame {
  /** Rises with every snapshot: what was drawn from the history before it has to be drawn anew. */
  readonly generation: number
  /** When this audit was first seen, by main's clock: the Redis server's clock may be another. */
  readonly auditSeenAtMs: number
}

/** How a frame follows on from what is known. */
export type Step = 'next' | 'known' | 'gap'

export function stepOf(picture: Picture, frame: Frame): Step {
  if (frame.seq <= picture.seq) return 'known'
  return frame.seq === picture.seq + 1 ? 'next' : 'gap'
}

/** The picture that a snapshot gives, whatever was known before. */
export function pictureOf(snapshot: Snapshot, before: Picture | null): Picture {
  return {
    ...snapshot,
    ...historyOf(EMPTY_HISTORY, snapshot),
    generation: (before?.generation ?? 0) + 1,
    auditSeenAtMs: auditSeenAtMs(before, snapshot),
  }
}

/** The picture after a frame; the same picture, untouched, after a frame that is already part of it. */
export function withFrame(picture: Picture, frame: Frame): Picture {
  if (stepOf(picture, frame) === 'known') return picture
  const { points: _points, batches: _batches, log: _log, markers: _markers, epochs: _epochs, ...gauges } = frame
  return {
    ...sharedWith(picture, gauges),
    ...historyOf(picture, frame),
    generation: picture.generation,
    auditSeenAtMs: auditSeenAtMs(picture, frame),
  }
}

type HistoryFields = Pick<Frame, 'points' | 'batches' | 'log' | 'markers' | 'epochs'>

const EMPTY_HISTORY: HistoryFields = { points: [], batches: [], log: [], markers: [], epochs: [] }

function historyOf(known: HistoryFields, frame: Frame): HistoryFields {
  return {
    points: mergeByKey(known.points, frame.points, (point) => point.atMs, HISTORY_SECONDS),
    batches: mergeByKey(known.batches, frame.batches, (batch) => batch.number, MAX_BATCH_ROWS),
    log: mergeByKey(known.log, frame.log, (line) => line.seq, MAX_LOG_LINES),
    markers: mergeByKey(known.markers, frame.markers, (marker) => marker.seq, MAX_MARKERS),
    epochs: mergeByKey(known.epochs, frame.epochs, (epoch) => epoch.number, MAX_EPOCHS),
  }
}

function auditSeenAtMs(before: Picture | null, frame: Frame): number {
  const isSame = before !== null && before.ledger?.auditedAtMs === frame.ledger?.auditedAtMs
  return isSame ? before.auditSeenAtMs : frame.atMs
}

/** One selector for all who draw them: they share a turn. */
export function batchesOf({ batches }: Picture): Picture['batches'] {
  return batches
}
