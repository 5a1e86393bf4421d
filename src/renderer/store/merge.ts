/**
 * The known items, which ascend by key, and the new ones as one ascending list, at most `limit` of the newest. A new item
 * replaces the known one of the same key, so that merging the same items again changes nothing.
 */
export function mergeByKey<T>(
  known: readonly T[],
  news: readonly T[],
  keyOf: (item: T) => number,
  limit: number,
): readonly T[] {
  if (news.length === 0) return known
  const cut = firstIndexFrom(known, Math.min(...news.map(keyOf)), keyOf)
  const byKey = new Map<number, T>()
  for (const item of known.slice(cut)) byKey.set(keyOf(item), item)
  for (const item of news) byKey.set(keyOf(item), item)
  const tail = [...byKey.values()].sort((a, b) => keyOf(a) - keyOf(b))
  return [...known.slice(0, cut), ...tail].slice(-limit)
}

/** Index of the first item whose key is `key` or more, of a list that ascends by key. */
export function firstIndexFrom<T>(items: readonly T[], key: number, keyOf: (item: T) => number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item !== undefined && keyOf(item) < key) low = middle + 1
    else high = middle
  }
  return low
}
