import { memo } from 'react'
import classes from './goodput-track.module.css'
import { stepPath } from './step-path'

const [WIDTH, HEIGHT] = [1000, 100]

interface GoodputTrackProps {
  /** In equal bins over the track; null where nothing is known. */
  readonly values: readonly (number | null)[]
  /** Where something happened, as shares of the track, 0–1. */
  readonly marks: readonly number[]
}

/** Goodput over a whole stretch of time as one shape, as wide and high as its surroundings: to find one's way by, not to read. */
export const GoodputTrack = memo(function GoodputTrack({ values, marks }: GoodputTrackProps) {
  return (
    <svg className={classes.track} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path d={stepPath(values, WIDTH, HEIGHT)} />
      {marks.map((share) => (
        <line key={share} x1={share * WIDTH} x2={share * WIDTH} y1={0} y2={HEIGHT} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  )
})
