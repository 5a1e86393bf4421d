import type { SizeGroup } from './size-groups'

/** From which batch size on the API refuses more than now and then. */
export type RefusalOnset =
  | { readonly kind: 'unknown' }
  /** None up to the largest size that was tried. */
  | { readonly kind: 'none'; readonly upTo: number }
  /** Clean at `above`, not any more at `by`; `about` lies in the middle. */
  | { readonly kind: 'between'; readonly above: number; readonly by: number; readonly about: number }
  /** At the smallest size that was tried already. */
  | { readonly kind: 'everywhere'; readonly from: number }

/** The engine's own search calls it the same: more than one in a hundred. */
const REFUSED_SHARE = 0.01

/** A larger size is never refused less: where it looks so, the two are one (pool adjacent violators, Ayer et al., 1955). */
export function refusalOnset(groups: readonly SizeGroup[]): RefusalOnset {
  const last = groups.at(-1)
  if (last === undefined) return { kind: 'unknown' }
  const shares = risingShares(groups)
  const first = shares.findIndex((share) => share > REFUSED_SHARE)
  const refused = groups[first]
  if (refused === undefined) return { kind: 'none', upTo: last.size }
  const clean = groups[first - 1]
  if (clean === undefined) return { kind: 'everywhere', from: refused.size }
  return { kind: 'between', above: clean.size, by: refused.size, about: Math.max(clean.size + 1, Math.round((clean.size + refused.size) / 2)) }
}

function risingShares(groups: readonly SizeGroup[]): number[] {
  const pools: { share: number; samples: number; groups: number }[] = []
  for (const { refusedShare, samples } of groups) {
    pools.push({ share: refusedShare, samples, groups: 1 })
    for (;;) {
      const [before, last] = pools.slice(-2)
      if (!before || !last || before.share <= last.share) break
      const together = before.samples + last.samples
      const share = (before.share * before.samples + last.share * last.samples) / together
      pools.splice(-2, 2, { share, samples: together, groups: before.groups + last.groups })
    }
  }
  return pools.flatMap(({ share, groups: count }) => Array.from({ length: count }, () => share))
}
