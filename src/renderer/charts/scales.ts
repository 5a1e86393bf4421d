/** A value axis from nought to a round number, with round ticks. */
export interface ValueScale {
  readonly top: number
  readonly ticks: readonly number[]
}

const ROUND_STEPS = [1, 2, 2.5, 5, 10] as const

/** The smallest scale of `intervals` round steps that holds `max`. `whole` keeps the steps whole, for counts. */
export function valueScale(max: number, intervals: number, { whole }: { readonly whole: boolean }): ValueScale {
  const raw = Math.max(max, whole ? intervals : 1e-3) / intervals
  const magnitude = 10 ** Math.floor(Math.log10(raw))
  const step = magnitude * (ROUND_STEPS.find((round) => round * magnitude >= raw && isAllowed(round * magnitude, whole)) ?? 10)
  const ticks = Array.from({ length: intervals + 1 }, (_, i) => Number((i * step).toPrecision(12)))
  return { top: step * intervals, ticks }
}

/** The scale that leaves the least room unused, of those with so many steps. */
export function tightScale(max: number, intervals: readonly number[], whole: boolean): ValueScale {
  const scales = intervals.map((count) => valueScale(max, count, { whole }))
  return scales.reduce((best, scale) => (scale.top < best.top ? scale : best))
}

function isAllowed(step: number, whole: boolean): boolean {
  return !whole || Number.isInteger(step)
}

const MINUTE_MS = 60_000
const TICK_STEPS_MS = [10_000, 15_000, 30_000, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 15 * MINUTE_MS] as const

/** Round times within a window, at most `most` of them. Round by the local clock, whose zone may be off by half hours. */
export function timeTicks(fromMs: number, toMs: number, most: number): { readonly ticks: number[]; readonly stepMs: number } {
  const stepMs = TICK_STEPS_MS.find((step) => (toMs - fromMs) / step <= most) ?? 30 * MINUTE_MS
  const zoneMs = new Date(toMs).getTimezoneOffset() * MINUTE_MS
  const first = Math.ceil((fromMs - zoneMs) / stepMs) * stepMs + zoneMs
  const ticks = []
  for (let at = first; at <= toMs; at += stepMs) ticks.push(at)
  return { ticks, stepMs }
}
