import { useConsole } from '../store/console-context'
import type { ChartRow } from '../store/series'
import classes from './charts.module.css'

export interface LegendSeries {
  readonly key: Exclude<keyof ChartRow, 'atMs' | 'fromMs' | 'toMs'>
  readonly name: string
  /** How it is drawn, so that the legend shows the same. */
  readonly mark: 'area' | 'hatched' | 'line'
  readonly color: string
  readonly format: (value: number | null) => string
}

interface LegendProps {
  readonly series: readonly LegendSeries[]
  readonly rows: readonly ChartRow[]
}

/** Names the series; under the crosshair it also reads out their values. */
export function Legend({ series, rows }: LegendProps) {
  const crosshairAtMs = useConsole((state) => state.crosshairAtMs)
  const row = crosshairAtMs === null ? undefined : rows.find(({ atMs }) => atMs === crosshairAtMs)
  return (
    <ul className={classes.legend}>
      {series.map(({ key, name, mark, color, format }) => (
        <li key={key} data-key={key}>
          <LegendMark mark={mark} color={color} />
          {name}
          {row && <b>{format(row[key])}</b>}
        </li>
      ))}
    </ul>
  )
}

export function LegendMark({ mark, color }: Pick<LegendSeries, 'mark' | 'color'>) {
  return <i className={classes.legendMark} data-mark={mark} style={{ color }} aria-hidden />
}
