import type { TooltipContentProps } from 'recharts'
import { formatTime } from '../format'
import type { MarkerGroup } from '../store/markers'
import type { ChartRow } from '../store/series'
import classes from './charts.module.css'
import { LegendMark, type LegendSeries } from './legend'

interface ChartTooltipProps extends Pick<TooltipContentProps, 'active'> {
  /** Middle of the bin under the crosshair, Unix ms. */
  readonly label: TooltipContentProps['label'] | undefined
  readonly rows: readonly ChartRow[]
  readonly series: readonly LegendSeries[]
  readonly groups: readonly MarkerGroup[]
  /** What else there is to say of a bin, for example how its values were smoothed. */
  readonly note?: string
}

/** What one bin says: its time, its values, and what happened then. Drawn only on the chart under the pointer. */
export function ChartTooltip({ active, label, rows, series, groups, note }: ChartTooltipProps) {
  // By its time: Recharts hands no row back where none of its curves has a value, and something may have happened just then.
  const row = rows.find(({ atMs }) => atMs === label)
  if (!active || row === undefined) return null
  const stepMs = row.toMs - row.fromMs
  const events = groups
    .filter(({ atMs }) => Math.abs(atMs - row.atMs) <= stepMs)
    .flatMap(({ markers }) => markers)
  return (
    <div className={classes.tooltip}>
      <p className={classes.tooltipTime}>
        {formatTime(row.fromMs, 'second')}
        {stepMs > 1000 && `–${formatTime(row.toMs, 'second')}`}
      </p>
      <dl>
        {series.map(({ key, name, mark, color, format }) => (
          <div key={key}>
            <dt>
              <LegendMark mark={mark} color={color} />
              {name}
            </dt>
            <dd>{format(row[key])}</dd>
          </div>
        ))}
      </dl>
      {note && <p className={classes.tooltipNote}>{note}</p>}
      {events.map((event) => (
        <p key={event.seq} className={classes.tooltipEvent} data-kind={event.kind}>
          {formatTime(event.atMs, 'second')} {event.text}
        </p>
      ))}
    </div>
  )
}
