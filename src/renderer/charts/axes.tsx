import { CartesianGrid, XAxis, YAxis } from 'recharts'
import { formatTick, formatTime } from '../format'
import type { TimeWindow } from '../store/ranges'
import classes from './charts.module.css'
import { PLOT } from './plot'
import { timeTicks, type ValueScale } from './scales'

/** About so many px belong to one time label. */
const PX_PER_TIME_TICK = 110

/** The shared time axis. */
export function TimeAxis({ window, widthPx }: { readonly window: TimeWindow; readonly widthPx: number }) {
  const { ticks, stepMs } = timeTicks(window.fromMs, window.toMs, Math.max(2, widthPx / PX_PER_TIME_TICK))
  const precision = stepMs < 60_000 ? 'second' : 'minute'
  return (
    <XAxis
      dataKey="atMs"
      type="number"
      domain={[window.fromMs, window.toMs]}
      allowDataOverflow
      ticks={ticks}
      interval={0}
      height={PLOT.bottom}
      axisLine={false}
      tickLine={false}
      tickSize={0}
      tick={(tick: TickProps) => <TimeTick {...tick} widthPx={widthPx} text={formatTime(Number(tick.payload.value), precision)} />}
    />
  )
}

interface TickProps {
  readonly x: number | string
  readonly y: number | string
  readonly payload: { readonly value: number }
}

interface TimeTickProps extends TickProps {
  readonly widthPx: number
  readonly text: string
}

/** Centred under its time, but never over the plot's edges. */
function TimeTick({ x, y, widthPx, text }: TimeTickProps) {
  const fromLeft = Number(x) - PLOT.left
  const fromRight = widthPx - PLOT.right - Number(x)
  const anchor = fromLeft < 24 ? 'start' : fromRight < 24 ? 'end' : 'middle'
  return (
    <text className={classes.tick} x={x} y={Number(y) + 12} textAnchor={anchor}>
      {text}
    </text>
  )
}

interface ValueAxisProps {
  readonly id: string
  readonly scale: ValueScale
  readonly side: 'left' | 'right'
  readonly format?: (value: number) => string
}

/** Numbers beside the plot. The right side takes its room even where it has no numbers, so that all plots are as wide. */
export function ValueAxis({ id, scale, side, format = formatTick }: ValueAxisProps) {
  return (
    <YAxis
      yAxisId={id}
      orientation={side}
      width={side === 'left' ? PLOT.left : PLOT.right}
      domain={[0, scale.top]}
      allowDataOverflow
      ticks={[...scale.ticks]}
      interval={0}
      axisLine={false}
      tickLine={false}
      tickSize={0}
      tickMargin={8}
      tick={{ className: side === 'left' ? classes.tick : classes.tickRight }}
      tickFormatter={format}
    />
  )
}

export function Grid({ yAxisId }: { readonly yAxisId: string }) {
  return <CartesianGrid yAxisId={yAxisId} vertical={false} stroke="var(--line)" />
}
