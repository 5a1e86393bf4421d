/** An area of steps, one a value, from the ground of a box that the highest value fills. Unknown values leave a gap. */
export function stepPath(values: readonly (number | null)[], width: number, height: number): string {
  const highest = Math.max(...values.map((value) => value ?? 0), 0)
  if (highest === 0) return ''
  const step = width / values.length
  const at = (n: number) => Number(n.toFixed(1))
  return values
    .flatMap((value, i) => {
      if (!value) return []
      const top = at(height - (value / highest) * height)
      return [`M${at(i * step)} ${height}V${top}H${at((i + 1) * step)}V${height}Z`]
    })
    .join('')
}
