/** The permits of one account, as far as this engine knows: when the next may be had, and how far apart they are. */
export interface Line {
  readonly account: number
  readonly nextMs: number
  readonly intervalMs: number
}

/**
 * Which account each waiter should have its permit from: always the one whose next permit is the earliest of those that
 * may serve it. Null for who gets none before `untilMs`. So no account is asked for permits that another will give.
 */
export function shareOut(waiters: Iterable<ReadonlySet<number>>, lines: readonly Line[], untilMs: number): (number | null)[] {
  const next = new Map(lines.map(({ account, nextMs }) => [account, nextMs]))
  const timeOf = ({ account }: Line) => next.get(account) ?? Infinity
  return Array.from(waiters, (accounts) => {
    const able = lines.filter(({ account }) => accounts.has(account))
    const earliest = able.reduce<Line | null>((best, line) => (best === null || timeOf(line) < timeOf(best) ? line : best), null)
    if (earliest === null || timeOf(earliest) > untilMs) return null
    next.set(earliest.account, timeOf(earliest) + earliest.intervalMs)
    return earliest.account
  })
}
