import type { RecordedFrame, RecordedPoint, RunFigures } from '../../src/shared/runs'
import { ledger, NO_RUN_GAUGES, point } from '../unit/renderer/fixtures'

/** When the recorded runs of the tests began: at a full minute. */
export const RUN_BEGAN = 1_800_000_000_000

/** A second of a recording, `second` after the run began. */
export function recordedPoint(second: number, parts: Partial<RecordedPoint> = {}): RecordedPoint {
  const unknown = { batchSizeAsked: 20, pairMsP50: null, pairMsP95: null, oldestReadyMs: null, permittedPerSecond: null, quotaPerSecond: null }
  return { ...point(RUN_BEGAN + second * 1000), ...unknown, seconds: 1, ...parts }
}

/** The frame that was taken in that second, with the second before it. */
export function recordedFrame(second: number, parts: Partial<RecordedFrame> = {}): RecordedFrame {
  const run = { startedAtMs: RUN_BEGAN, endedAtMs: null }
  return {
    atMs: RUN_BEGAN + second * 1000 + 500,
    state: { kind: 'running' },
    ledger: ledger({ enqueued: 1000, ready: 1000 - second, done: second, auditedAtMs: RUN_BEGAN + second * 1000 }),
    gauges: { ...NO_RUN_GAUGES, run, runningForMs: second * 1000 },
    batches: [],
    log: [],
    markers: [],
    epochs: [],
    points: second === 0 ? [] : [recordedPoint(second - 1, { done: 1 })],
    ...parts,
  }
}

export function recordedFrames(count: number): RecordedFrame[] {
  return Array.from({ length: count }, (_, second) => recordedFrame(second))
}

export function runFigures(parts: Partial<RunFigures> = {}): RunFigures {
  return {
    id: RUN_BEGAN,
    startedAtMs: RUN_BEGAN,
    endedAtMs: null,
    recordedUntilMs: RUN_BEGAN + 60_000,
    finished: 61,
    done: 60,
    requestsAccepted: 90,
    requestsRefused: 10,
    pacing: 'adaptive',
    frames: 60,
    stepSeconds: 1,
    ...parts,
  }
}
