import { goodputAt } from '../store/tuning-model'
import type { Tuning } from '../store/tuning'
import { tightScale, type ValueScale } from './scales'

/** A place on the curve; the bands and lines are null where they are not drawn. */
export interface CurveRow {
  readonly size: number
  readonly band: readonly [number, number]
  /** Within what was tried, and beyond it. */
  readonly tried: number | null
  readonly untried: number | null
}

const CURVE_STEPS = 90
/** Room beyond the largest size of interest, as a share. */
const HEADROOM = 1.15
/** The quota is drawn to scale unless that would press the curve to the ground. */
const QUOTA_AT_MOST_TIMES = 4

/** The scale of the sizes: it holds all that was tried, and the sizes that are talked of. */
export function sizeScale({ samples, model }: Tuning, others: readonly (number | null)[]): ValueScale {
  const sizes = [...samples.map(({ size }) => size), ...others.map((size) => size ?? 0)]
  const knee = model.knee.kind === 'found' ? model.knee.high : 0
  return tightScale(Math.max(10, knee, ...sizes) * HEADROOM, [4, 5, 6, 7], true)
}

/** The scale of the goodput: all samples, the expected curve, and the quota where it fits. */
export function goodputScale(tuning: Tuning, others: readonly (number | null)[]): ValueScale {
  const { samples, model, capacityPerSecond } = tuning
  const highest = Math.max(1, ...samples.map((sample) => sample.goodputPerSecond), ...model.groups.map((group) => group.goodputPerSecond), ...others.map((rate) => rate ?? 0))
  const quota = capacityPerSecond !== null && capacityPerSecond <= highest * QUOTA_AT_MOST_TIMES ? capacityPerSecond : 0
  return tightScale(Math.max(highest, quota) * 1.08, [3, 4, 5, 6], false)
}

/** The curve from the smallest size to the end of the scale, with a place on each corner. */
export function curveRows({ model }: Tuning, top: number): CurveRow[] {
  const [smallest, largest] = [model.groups[0]?.size, model.groups.at(-1)?.size]
  if (smallest === undefined || largest === undefined || model.best === null) return []
  const corners = [smallest, largest, model.best.knee, ...(model.refusals.kind === 'between' ? [model.refusals.above] : [])]
  const even = Array.from({ length: CURVE_STEPS }, (_, i) => 1 + ((top - 1) * i) / (CURVE_STEPS - 1))
  const sizes = [...new Set([...even, ...corners])].filter((size) => size <= top).sort((a, b) => a - b)
  return sizes.flatMap((size) => {
    const estimate = goodputAt(model, size)
    if (estimate === null) return []
    const isTried = size >= smallest && size <= largest
    const isEdge = size === smallest || size === largest
    return [{ size, band: [estimate.low, estimate.high] as const, tried: isTried ? estimate.middle : null, untried: isTried && !isEdge ? null : estimate.middle }]
  })
}
