import classes from './sparkline.module.css'

interface SparklineProps {
  /** Oldest first; null where nothing is known. Fewer than `slots` leave the left end empty. */
  readonly values: readonly (number | null)[]
  readonly slots: number
  readonly tone: 'good' | 'calm'
}

const HEIGHT = 20
/** Less of the width than this is no shape yet, but a sliver at the edge. */
const LEAST_SHARE = 1 / 5

/** A shape without numbers, for the background of a figure that has them. */
export function Sparkline({ values, slots, tone }: SparklineProps) {
  const highest = Math.max(...values.map((value) => value ?? 0))
  const known = values.flatMap((value, i) => (value === null ? [] : [{ x: slots - values.length + i, y: HEIGHT * (1 - (0.92 * value) / highest) }]))
  const [first] = known
  if (first === undefined || known.length < slots * LEAST_SHARE || highest <= 0) return null
  const line = known.map(({ x, y }) => `${x},${y.toFixed(2)}`).join('L')
  return (
    <svg className={classes.sparkline} data-tone={tone} viewBox={`0 0 ${slots - 1} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path className={classes.area} d={`M${line}L${known.at(-1)?.x ?? 0},${HEIGHT}L${first.x},${HEIGHT}Z`} />
      <path className={classes.line} d={`M${line}`} />
    </svg>
  )
}
