import { MAX_BATCH_SIZE, MIN_BATCH_SIZE } from '../../shared/batch-size'
import { refusalOnset, type RefusalOnset } from './refusal-onset'
import type { SizeGroup } from './size-groups'

/** Goodput in pairs per second at some size: the best guess and its 90 % interval. */
export interface Estimate {
  readonly low: number
  readonly middle: number
  readonly high: number
}

/** What can be said of the size beyond which a larger one brings nothing. Sizes in pairs, intervals of 90 %. */
export type Knee =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'one-size'; readonly size: number }
  /** The sizes that were tried lie too close together, or vary too much, to tell a rise from none. */
  | { readonly kind: 'too-alike'; readonly from: number; readonly to: number }
  /** No end of the rise is seen up to the largest size that was tried. */
  | { readonly kind: 'rising'; readonly upTo: number }
  /** No rise is seen from the smallest size on that was tried. */
  | { readonly kind: 'flat'; readonly from: number }
  | { readonly kind: 'found'; readonly low: number; readonly size: number; readonly high: number }

/** One curve of the family: goodput = slope × min(size, knee) − fall × what the size is above the first refusals. */
interface Curve {
  readonly knee: number
  readonly slope: number
  readonly fall: number
  /** Covariance of slope and fall. */
  readonly covariance: { readonly slope: number; readonly fall: number; readonly both: number }
  readonly misfit: number
  /** How far, in variances, this curve may still be bent within the interval. */
  readonly slack: number
}

export interface TuningModel {
  readonly groups: readonly SizeGroup[]
  readonly refusals: RefusalOnset
  readonly knee: Knee
  /** All curves that the samples allow, by rising knee; empty without samples. */
  readonly curves: readonly Curve[]
  readonly best: Curve | null
}

export interface ModelOptions {
  /** What the quota comes to in pairs per second; null where it is not known. No curve goes above it. */
  readonly capacityPerSecond: number | null
  /** Whether the goodput may fall where refusals begin: the classic pauses do that, permits do not. */
  readonly mayFall: boolean
}

/** The square of 1.645, the two-sided 90 % of one degree of freedom. */
const CHI_SQUARE_90 = 2.706
/** Knees are tried in steps of so much, finer than any goodput can tell. */
const KNEE_GROWTH = 1.01
/** A measured goodput may be above the quota by so much: buckets have something saved up. */
const CAPACITY_TOLERANCE = 1.05

/**
 * Fits min(rate limit, size ÷ time per pair), by Little's law a line through nought up to the knee (Little, Operations Research
 * 9/3, 1961). For each knee the rest is least squares on the sizes' means; the intervals are those of the profile likelihood
 * (Venzon and Moolgavkar, Applied Statistics 37/1, 1988), so that what was never tried has the wide interval that it deserves.
 */
export function fitTuning(groups: readonly SizeGroup[], { capacityPerSecond, mayFall }: ModelOptions): TuningModel {
  const refusals = refusalOnset(groups)
  if (groups.length === 0) return { groups, refusals, knee: { kind: 'unknown' }, curves: [], best: null }
  const fallFrom = mayFall && refusals.kind === 'between' ? refusals.above : null
  const fitted = knees(groups).map((knee) => curveOf(groups, knee, fallFrom))
  const ceiling = ceilingOf(groups, capacityPerSecond)
  const allowed = fitted.filter(({ slope, knee }) => slope * knee <= ceiling)
  const { curves, best } = plausible(allowed.length > 0 ? allowed : fitted, groups.length)
  return { groups, refusals, curves, knee: kneeOf(groups, curves, best), best: best && inTheMiddle(best, groups, curves, capacityPerSecond) }
}

/** The goodput that is to be expected at a size; null without samples. */
export function goodputAt(model: TuningModel, size: number): Estimate | null {
  if (model.best === null) return null
  const from = fallsFrom(model)
  const middle = valueOf(model.best, size, from)
  const bounds = model.curves.map((curve) => {
    const value = valueOf(curve, size, from)
    const margin = marginOf(curve, size, from)
    return { low: value - margin, high: value + margin }
  })
  return {
    low: Math.max(0, Math.min(middle, ...bounds.map(({ low }) => low))),
    middle: Math.max(0, middle),
    high: Math.max(middle, ...bounds.map(({ high }) => high)),
  }
}

/** The change of the goodput from one size to another, as a share of the first; null where the first brings nothing. */
export function changeOf(model: TuningModel, fromSize: number, toSize: number): Estimate | null {
  if (model.best === null) return null
  const onset = fallsFrom(model)
  const share = (curve: Curve, fall: number) => {
    const bent = { ...curve, fall }
    return Math.max(0, valueOf(bent, toSize, onset)) / valueOf(bent, fromSize, onset) - 1
  }
  const middle = share(model.best, model.best.fall)
  const ends = model.curves.flatMap((curve) => {
    const margin = Math.sqrt(curve.slack * curve.covariance.fall)
    return [share(curve, Math.max(0, curve.fall - margin)), share(curve, curve.fall + margin)]
  })
  const all = [middle, ...ends].filter(Number.isFinite)
  return Number.isFinite(middle) ? { low: Math.min(...all), middle, high: Math.max(...all) } : null
}

function fallsFrom({ refusals }: TuningModel): number {
  return refusals.kind === 'between' ? refusals.above : Infinity
}

function valueOf({ slope, fall, knee }: Curve, size: number, fallFrom: number): number {
  return slope * Math.min(size, knee) - (fall === 0 ? 0 : fall * Math.max(0, size - fallFrom))
}

function marginOf({ covariance, knee, slack }: Curve, size: number, fallFrom: number): number {
  const u = Math.min(size, knee)
  const v = Number.isFinite(fallFrom) ? -Math.max(0, size - fallFrom) : 0
  return Math.sqrt(Math.max(0, slack * (u * u * covariance.slope + 2 * u * v * covariance.both + v * v * covariance.fall)))
}

function knees(groups: readonly SizeGroup[]): number[] {
  const all = new Set(groups.map(({ size }) => size))
  for (let knee: number = MIN_BATCH_SIZE; knee < MAX_BATCH_SIZE; knee *= KNEE_GROWTH) all.add(knee)
  all.add(MAX_BATCH_SIZE)
  return [...all].sort((a, b) => a - b)
}

function ceilingOf(groups: readonly SizeGroup[], capacityPerSecond: number | null): number {
  if (capacityPerSecond === null) return Infinity
  const measured = Math.max(...groups.map(({ goodputPerSecond, standardError }) => goodputPerSecond + standardError))
  return Math.max(capacityPerSecond * CAPACITY_TOLERANCE, measured)
}

/** Weighted least squares in slope and fall; a fall below nought would be a rise, and is none. */
function curveOf(groups: readonly SizeGroup[], knee: number, fallFrom: number | null): Curve {
  let [uu, uv, vv, uy, vy, yy] = [0, 0, 0, 0, 0, 0]
  // One loop over plain numbers: it runs for several hundred knees each time.
  for (const { size, goodputPerSecond: y, standardError } of groups) {
    const w = 1 / standardError ** 2
    const u = Math.min(size, knee)
    const v = fallFrom === null ? 0 : -Math.max(0, size - fallFrom)
    uu += w * u * u
    uv += w * u * v
    vv += w * v * v
    uy += w * u * y
    vy += w * v * y
    yy += w * y * y
  }
  const determinant = uu * vv - uv * uv
  const free = determinant > uu * vv * 1e-9 ? (uu * vy - uv * uy) / determinant : 0
  const isFalling = free > 0
  const fall = isFalling ? free : 0
  const slope = isFalling ? (vv * uy - uv * vy) / determinant : uy / uu
  const misfit = Math.max(0, yy - 2 * (slope * uy + fall * vy) + slope * slope * uu + 2 * slope * fall * uv + fall * fall * vv)
  const covariance = isFalling ? { slope: vv / determinant, fall: uu / determinant, both: -uv / determinant } : { slope: 1 / uu, fall: 0, both: 0 }
  return { knee, slope, fall, covariance, misfit, slack: 0 }
}

/** The curves within the 90 % region. Where even the best one fits badly, all errors are larger than they look. */
function plausible(curves: readonly Curve[], groups: number): { readonly curves: readonly Curve[]; readonly best: Curve | null } {
  const least = Math.min(...curves.map(({ misfit }) => misfit))
  const inflation = Math.max(1, least / Math.max(1, groups - 2))
  const slacks = curves.map(({ misfit }) => CHI_SQUARE_90 * inflation - (misfit - least))
  const isWithin = (i: number) => (slacks[i] ?? -1) >= 0
  // The region ends between the last knee within and the first one outside: that one still belongs to it.
  const within = curves
    .map((curve, i) => ({ ...curve, slack: Math.max(0, slacks[i] ?? 0) }))
    .filter((_, i) => isWithin(i) || isWithin(i - 1) || isWithin(i + 1))
  return { curves: within, best: within.find(({ misfit }) => misfit === least) ?? null }
}

function kneeOf(groups: readonly SizeGroup[], curves: readonly Curve[], best: Curve | null): Knee {
  const [smallest, largest] = [groups[0]?.size ?? 0, groups.at(-1)?.size ?? 0]
  const [lowest, highest] = [curves[0]?.knee, curves.at(-1)?.knee]
  if (best === null || lowest === undefined || highest === undefined) return { kind: 'unknown' }
  if (smallest === largest) return { kind: 'one-size', size: smallest }
  if (highest > largest && lowest < smallest) return { kind: 'too-alike', from: smallest, to: largest }
  if (highest > largest) return { kind: 'rising', upTo: largest }
  if (lowest < smallest) return { kind: 'flat', from: smallest }
  return { kind: 'found', low: Math.floor(lowest), size: Math.round(best.knee), high: Math.ceil(highest) }
}

/**
 * Beyond all that was tried every knee fits as well: where the quota is known the curve ends there. Below all that was tried the
 * same holds; there the largest knee says the least.
 */
function inTheMiddle(best: Curve, groups: readonly SizeGroup[], curves: readonly Curve[], capacityPerSecond: number | null): Curve {
  const largest = groups.at(-1)?.size ?? 0
  const asGood = curves.filter(({ misfit }) => misfit - best.misfit < 1e-6)
  const withinTried = asGood.findLast(({ knee }) => knee <= largest) ?? best
  if (capacityPerSecond === null) return withinTried
  return asGood.findLast(({ slope, knee }) => knee > largest && slope * knee <= capacityPerSecond) ?? withinTried
}
