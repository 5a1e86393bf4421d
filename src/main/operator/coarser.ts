import type { RecordedFrame, RecordedPoint } from '../../shared/runs'

/** What one frame keeps of the lists at most, the newest: a busy second settles more batches than a view can show. */
export const MOST_OF_A_FRAME = { batches: 8, log: 10, markers: 20, epochs: 4 } as const

/** The same recording with one frame for every `stepSeconds`: what stood at a time is told as it stood at the step's end. */
export function coarser(frames: readonly RecordedFrame[], stepSeconds: number): RecordedFrame[] {
  return stepsOf(frames, stepSeconds).map((step) => frameOf(step, stepSeconds))
}

/** No more of each list than a frame may hold. */
export function bounded(frame: RecordedFrame): RecordedFrame {
  return {
    ...frame,
    batches: frame.batches.slice(-MOST_OF_A_FRAME.batches),
    log: frame.log.slice(-MOST_OF_A_FRAME.log),
    markers: frame.markers.slice(-MOST_OF_A_FRAME.markers),
    epochs: frame.epochs.slice(-MOST_OF_A_FRAME.epochs),
  }
}

type Step<T> = readonly [T, ...T[]]

function stepsOf<T extends { readonly atMs: number }>(items: readonly T[], stepSeconds: number): Step<T>[] {
  const steps = new Map<number, [T, ...T[]]>()
  for (const item of items) {
    const number = Math.floor(item.atMs / (stepSeconds * 1000))
    const step = steps.get(number)
    if (step) step.push(item)
    else steps.set(number, [item])
  }
  return [...steps.values()]
}

function frameOf(frames: Step<RecordedFrame>, stepSeconds: number): RecordedFrame {
  const epochs = new Map(frames.flatMap((frame) => frame.epochs).map((epoch) => [epoch.number, epoch]))
  return bounded({
    ...(frames.at(-1) ?? frames[0]),
    points: stepsOf(frames.flatMap(({ points }) => points), stepSeconds).map(pointOf),
    batches: frames.flatMap(({ batches }) => batches),
    log: frames.flatMap(({ log }) => log),
    markers: frames.flatMap(({ markers }) => markers),
    epochs: [...epochs.values()],
  })
}

function pointOf(points: Step<RecordedPoint>): RecordedPoint {
  const sum = (field: 'seconds' | 'done' | 'rateLimited' | 'failed' | 'transient' | 'requestsSent' | 'requestsAccepted' | 'requestsRefused') =>
    points.reduce((total, point) => total + point[field], 0)
  return {
    ...(points.at(-1) ?? points[0]),
    atMs: points[0].atMs,
    seconds: sum('seconds'),
    done: sum('done'),
    rateLimited: sum('rateLimited'),
    failed: sum('failed'),
    transient: sum('transient'),
    requestsSent: sum('requestsSent'),
    requestsAccepted: sum('requestsAccepted'),
    requestsRefused: sum('requestsRefused'),
    pairMsP50: meanByDone(points),
    pairMsP95: highest(points.map(({ pairMsP95 }) => pairMsP95)),
  }
}

/** The medians, each by how many pairs it is of: nearer to the median of all of them than any that could be told from them. */
function meanByDone(points: readonly RecordedPoint[]): number | null {
  const timed = points.flatMap(({ pairMsP50, done }) => (pairMsP50 == null || done === 0 ? [] : [{ pairMsP50, done }]))
  const done = timed.reduce((total, point) => total + point.done, 0)
  return done === 0 ? null : timed.reduce((total, point) => total + point.pairMsP50 * point.done, 0) / done
}

function highest(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value != null)
  return known.length === 0 ? null : Math.max(...known)
}
