/**
 * The rows in the order of their figures, equal ones as they came; what is not known (NaN) comes last either way. The
 * figures are sorted as numbers, which engines do far faster than rows by a comparison, and each row then finds its place
 * among them.
 */
export function inOrder(rows: Uint32Array, figures: Float64Array, descending: boolean): Uint32Array {
  const keys = new Float64Array(rows.length)
  // By number, not by entries: of a million each entry would be an array of its own.
  for (let i = 0; i < rows.length; i++) {
    const figure = figures[rows[i] ?? 0] ?? Number.NaN
    keys[i] = descending ? -figure : figure
  }
  const sorted = keys.slice().sort()
  const known = firstUnknown(sorted)
  const taken = new Uint32Array(sorted.length)
  const ordered = new Uint32Array(rows.length)
  let unknown = known
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0
    const key = keys[i] ?? Number.NaN
    if (Number.isNaN(key)) {
      ordered[unknown++] = row
      continue
    }
    const place = lowerBound(sorted, known, key)
    const before = taken[place] ?? 0
    taken[place] = before + 1
    ordered[place + before] = row
  }
  return ordered
}

/** Where the NaNs begin, which are sorted last. */
function firstUnknown(sorted: Float64Array): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (Number.isNaN(sorted[middle])) high = middle
    else low = middle + 1
  }
  return low
}

/** The first of `count` sorted keys that is not below the key. */
function lowerBound(sorted: Float64Array, count: number, key: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < key) low = middle + 1
    else high = middle
  }
  return low
}
