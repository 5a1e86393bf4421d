/** Letters that may differ before a word is taken for another one: a third of it, and never more than this. */
const FARTHEST = 3

/** The known word that a mistyped one is closest to, null where none is close (Levenshtein distance). */
export function nearest(word: string, known: readonly string[]): string | null {
  const [best] = known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= FARTHEST)
    .map((candidate) => ({ candidate, distance: distanceOf(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.min(FARTHEST, candidate.length / 3))
    .sort((a, b) => a.distance - b.distance)
  return best?.candidate ?? null
}

function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
