import { useElementSize } from '@mantine/hooks'
import { useId, useMemo, type ReactNode } from 'react'
import type { TimeWindow } from '../store/ranges'
import classes from './charts.module.css'
import { SpanDrag } from './span-drag'

export interface ChartSize {
  readonly width: number
  readonly height: number
}

interface ChartPanelProps {
  readonly title: string
  /** The unit, and how finely time is cut. */
  readonly unit: string
  readonly legend: ReactNode
  /** Stands at the right end of the title's row. */
  readonly aside?: ReactNode
  /** What stands above the plot, in its width. */
  readonly lane?: (widthPx: number) => ReactNode
  /** The time that the plot spans, where a stretch of it can be chosen by dragging. */
  readonly window?: TimeWindow
  /** Said in place of the chart while there is nothing to draw. */
  readonly emptyText?: string | null
  readonly children: (size: ChartSize) => ReactNode
}

/** A card with a title, a legend and a chart that fills it. */
export function ChartPanel({ title, unit, legend, aside, lane, window, emptyText, children }: ChartPanelProps) {
  const titleId = useId()
  const { ref, width, height } = useElementSize()
  const isMeasured = width > 0 && height > 0
  const size = useMemo(() => ({ width, height }), [width, height])
  return (
    <section className={classes.panel} aria-labelledby={titleId}>
      <header className={classes.head}>
        <h2 id={titleId}>
          {title} <small>{unit}</small>
        </h2>
        {legend}
        {aside}
      </header>
      {lane && <div className={classes.lane}>{isMeasured && lane(width)}</div>}
      <div ref={ref} className={classes.plot}>
        {isMeasured && children(size)}
        {window && <SpanDrag window={window} />}
        {emptyText && (
          <p className={classes.empty}>
            <span>{emptyText}</span>
          </p>
        )}
      </div>
    </section>
  )
}
