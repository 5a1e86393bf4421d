import classes from './tiles.module.css'

interface MeterProps {
  /** 0–1, null while it is not known. */
  readonly share: number | null
  readonly tone: 'good' | 'calm' | 'caution'
}

/** A share as a thin bar along a tile's lower edge; the tile says it in numbers. */
export function Meter({ share, tone }: MeterProps) {
  const percent = Math.min(Math.max(share ?? 0, 0), 1) * 100
  return (
    <div className={classes.meter} aria-hidden>
      <span data-tone={tone} style={{ width: `${percent}%` }} />
    </div>
  )
}
