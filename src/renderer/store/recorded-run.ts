import { HISTORY_SECONDS, MAX_BATCH_ROWS, MAX_EPOCHS, MAX_LOG_LINES, MAX_MARKERS, type Frame, type SeriesPoint, type Snapshot } from '../../shared/frames'
import type { RecordedFrame, RecordedPoint } from '../../shared/runs'
import { firstIndexFrom } from './merge'

/** What of the window stands beside a recorded frame: where it is connected to is no part of the recording. */
type Surroundings = Pick<Frame, 'connections'>

/** A recorded frame as main would have pushed it. `index` counts from 0. */
export function frameAt(frames: readonly RecordedFrame[], index: number, { connections }: Surroundings): Frame {
  const frame = frames[index]
  if (frame === undefined) throw new Error(`The recording has no frame ${index}`)
  return { ...frame, points: secondsOf(frame.points), seq: index + 1, connections, exports: [], discovery: null, pairImport: null }
}

/** What a window would have got that joined with this frame. The frame after it follows on. */
export function snapshotAt(frames: readonly RecordedFrame[], index: number, surroundings: Surroundings): Snapshot {
  const known = frames.slice(0, index + 1)
  const epochs = new Map(known.flatMap((frame) => frame.epochs).map((epoch) => [epoch.number, epoch]))
  return {
    ...frameAt(frames, index, surroundings),
    points: newest(known, (frame) => secondsOf(frame.points), HISTORY_SECONDS),
    batches: newest(known, ({ batches }) => batches, MAX_BATCH_ROWS),
    log: newest(known, ({ log }) => log, MAX_LOG_LINES),
    markers: newest(known, ({ markers }) => markers, MAX_MARKERS),
    epochs: [...epochs.values()].slice(-MAX_EPOCHS),
  }
}

/** Index of the frame that is shown at a time, Unix ms: the newest one by then, at least the first. */
export function indexAt(frames: readonly RecordedFrame[], atMs: number): number {
  return Math.max(0, firstIndexFrom(frames, atMs + 1, (frame) => frame.atMs) - 1)
}

/** Pairs done per second over the whole recording, in equal bins of two frames at least; null where nothing was recorded. */
export function goodputOf(frames: readonly RecordedFrame[], mostBins: number): (number | null)[] {
  const [fromMs, toMs] = spanOf(frames)
  const bins = Math.max(1, Math.min(mostBins, Math.floor(frames.length / 2)))
  const sums = Array.from({ length: bins }, () => ({ done: 0, seconds: 0 }))
  for (const point of frames.flatMap(({ points }) => points)) {
    // The first frame tells of the second before it.
    const sum = sums[Math.max(0, Math.floor(((point.atMs - fromMs) / Math.max(1, toMs - fromMs)) * bins))]
    if (sum === undefined) continue
    sum.done += point.done
    sum.seconds += point.seconds
  }
  return sums.map(({ done, seconds }) => (seconds === 0 ? null : done / seconds))
}

/** Times of the first and the last frame. */
export function spanOf(frames: readonly RecordedFrame[]): readonly [fromMs: number, toMs: number] {
  return [frames[0]?.atMs ?? 0, frames.at(-1)?.atMs ?? 0]
}

/** The newest items, oldest first, without looking at older frames than it takes. */
function newest<T>(frames: readonly RecordedFrame[], itemsOf: (frame: RecordedFrame) => readonly T[], most: number): T[] {
  const found: (readonly T[])[] = []
  let count = 0
  for (let i = frames.length - 1; i >= 0 && count < most; i -= 1) {
    const frame = frames[i]
    const items = frame ? itemsOf(frame) : []
    found.push(items)
    count += items.length
  }
  return found.reverse().flat().slice(-most)
}

/** Seconds that were made into one are told as as many alike: their sums are right, and the charts know nothing of it. */
function secondsOf(points: readonly RecordedPoint[]): readonly SeriesPoint[] {
  return points.flatMap(({ seconds, ...point }) => {
    if (seconds === 1) return [point]
    const one = shareOf(point, seconds)
    return Array.from({ length: seconds }, (_, i) => ({ ...one, atMs: point.atMs + i * 1000 }))
  })
}

function shareOf(point: SeriesPoint, seconds: number): SeriesPoint {
  return {
    ...point,
    done: point.done / seconds,
    rateLimited: point.rateLimited / seconds,
    failed: point.failed / seconds,
    transient: point.transient / seconds,
    requestsSent: point.requestsSent / seconds,
    requestsAccepted: point.requestsAccepted / seconds,
    requestsRefused: point.requestsRefused / seconds,
  }
}
