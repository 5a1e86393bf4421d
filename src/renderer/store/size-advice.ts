import type { RefusalOnset } from './refusal-onset'
import { changeOf, goodputAt, type Estimate, type TuningModel } from './tuning-model'

/** What the samples let expect of another batch size. */
export type SizeAdvice =
  /** Nothing was measured yet. */
  | { readonly kind: 'unknown'; readonly to: number }
  | {
      readonly kind: 'expected'
      readonly from: number
      readonly to: number
      /** As a share of the present goodput, 90 %. */
      readonly change: Estimate
      /** Pairs per second there and here. */
      readonly goodput: { readonly from: Estimate; readonly to: Estimate }
      readonly verdict: Verdict
      /** Whether the size lies outside of all that was tried. */
      readonly isUntried: boolean
      readonly refusals: RefusalOnset
      /** Seconds by which the queue would be done sooner, below nought for later; null where nothing can be said. */
      readonly secondsSooner: number | null
    }

/** `open`: it may get better or worse, the samples do not tell. */
export type Verdict = 'better' | 'worse' | 'same' | 'open'

/** Less is neither felt nor measured. */
const NOTICEABLE_SHARE = 0.03

/** What going from one size to another is expected to do; `remaining` pairs are still to be worked. */
export function adviceOf(model: TuningModel, fromSize: number, toSize: number, remaining: number): SizeAdvice {
  const [from, to] = [goodputAt(model, fromSize), goodputAt(model, toSize)]
  const change = changeOf(model, fromSize, toSize)
  if (from === null || to === null || change === null) return { kind: 'unknown', to: toSize }
  const verdict = verdictOf(change)
  const canTell = verdict !== 'open' && from.middle > 0 && to.middle > 0
  return {
    kind: 'expected',
    from: fromSize,
    to: toSize,
    change,
    goodput: { from, to },
    verdict,
    isUntried: isUntried(model, toSize),
    refusals: model.refusals,
    secondsSooner: canTell ? remaining / from.middle - remaining / to.middle : null,
  }
}

/**
 * The size worth going to: the knee where it is known, else what Little's law says, else none. A law that is far beyond all that
 * was tried follows the rate of a search for the quota, which will not last.
 */
export function worthwhileSize({ knee, groups }: TuningModel, advised: number | null): number | null {
  if (knee.kind === 'found') return knee.size
  // Where all that was tried brings the same, a size among it is no better, whatever the law says; where more still brings more, a smaller one is not.
  if (knee.kind === 'flat' && advised !== null && advised >= knee.from) return null
  if (knee.kind === 'rising' && advised !== null && advised < knee.upTo) return null
  const largest = groups.at(-1)?.size ?? 0
  return advised !== null && advised <= largest * LAW_AT_MOST_TIMES ? advised : null
}

/** The law is believed up to so many times the largest size that was tried. */
export const LAW_AT_MOST_TIMES = 3

function verdictOf({ low, middle, high }: Estimate): Verdict {
  if (low >= -NOTICEABLE_SHARE && high <= NOTICEABLE_SHARE) return 'same'
  if (low >= 0 && middle > NOTICEABLE_SHARE) return 'better'
  return high <= 0 && middle < -NOTICEABLE_SHARE ? 'worse' : 'open'
}

function isUntried({ groups }: TuningModel, size: number): boolean {
  const [smallest, largest] = [groups[0], groups.at(-1)]
  return smallest === undefined || largest === undefined || size < smallest.size || size > largest.size
}
