import classes from './sparkline.module.css'

interface SparklineProps {
  /** Oldest first; null where nothing is known. Fewer than `slots` leave the left end empty. */
  readonly values: readonly (number | null)[]
  readonly slots: number
}

const HEIGHT = 20

/** A shape without numbers, for the background of a figure that has them. */
export function Sparkline({ values, slots }: SparklineProps) {
  const highest = Math.max(...values.map((value) => value ?? 0))
  if (values.length < 2 || highest <= 0) return null
  const firstX = slots - values.length
  const line = values.map((value, i) => `${firstX + i},${(HEIGHT * (1 - (0.92 * (value ?? 0)) / highest)).toFixed(2)}`).join('L')
  return (
    <svg className={classes.sparkline} viewBox={`0 0 ${slots - 1} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path className={classes.area} d={`M${line}L${slots - 1},${HEIGHT}L${firstX},${HEIGHT}Z`} />
      <path className={classes.line} d={`M${line}`} />
    </svg>
  )
}
