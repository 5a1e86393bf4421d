import { DefaultZIndexes, usePlotArea, ZIndexLayer } from 'recharts'
import type { MarkerGroup } from '../store/markers'
import type { TimeWindow } from '../store/ranges'
import classes from './charts.module.css'

interface MarkerLinesProps {
  readonly groups: readonly MarkerGroup[]
  readonly window: TimeWindow
}

/**
 * One dashed line for each group of markers, on every chart at the same place. Not a ReferenceLine each: those enter and
 * leave Recharts' store one by one at every redraw, and all that is drawn follows each time.
 */
export function MarkerLines({ groups, window }: MarkerLinesProps) {
  const plot = usePlotArea()
  if (plot === undefined) return null
  const pxPerMs = plot.width / (window.toMs - window.fromMs)
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.line}>
      <g>
        {groups.map(({ atMs, markers }) => {
          const x = plot.x + (atMs - window.fromMs) * pxPerMs
          const kind = markers.at(-1)?.kind ?? 'engine'
          return <line key={markers[0]?.seq} className={classes[`marker-${kind}`]} x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} strokeDasharray="2 3" />
        })}
      </g>
    </ZIndexLayer>
  )
}
