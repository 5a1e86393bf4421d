import { Tooltip } from '@mantine/core'
import { useState } from 'react'
import { formatTime } from '../format'
import type { MarkerGroup } from '../store/markers'
import type { TimeWindow } from '../store/ranges'
import classes from './charts.module.css'
import { placeLabels } from './marker-labels'
import { PLOT, plotWidthPx } from './plot'

interface MarkerLaneProps {
  readonly groups: readonly MarkerGroup[]
  readonly window: TimeWindow
  readonly widthPx: number
}

/** The names of the marker lines. The whole text, and those that share a line, show on hover. */
export function MarkerLane({ groups, window, widthPx }: MarkerLaneProps) {
  // One tooltip for whichever is pointed at: one each would cost more than all the charts beneath.
  const [pointedAt, setPointedAt] = useState<HTMLElement | null>(null)
  const group = groups.find(({ markers }) => String(markers[0]?.seq) === pointedAt?.dataset['seq'])
  return (
    <>
      {placeLabels(groups, window, plotWidthPx(widthPx), labelWidthPx).map(({ group: { markers }, text, leftPx, widthPx: labelPx }) => (
        <span
          key={markers[0]?.seq}
          className={classes.markerLabel}
          data-testid="marker"
          data-seq={markers[0]?.seq}
          data-kind={markers.at(-1)?.kind}
          style={{ left: PLOT.left + leftPx, width: labelPx }}
          onPointerEnter={({ currentTarget }) => setPointedAt(currentTarget)}
          onPointerLeave={() => setPointedAt(null)}
        >
          {text}
        </span>
      ))}
      {pointedAt !== null && group !== undefined && <Tooltip key={pointedAt.dataset['seq']} opened target={pointedAt} label={<MarkerTexts group={group} />} />}
    </>
  )
}

function MarkerTexts({ group }: { readonly group: MarkerGroup }) {
  return group.markers.map((marker) => (
    <div key={marker.seq}>
      {formatTime(marker.atMs, 'second')} {marker.text}
    </div>
  ))
}

const PADDING_PX = 12
let measuring: CanvasRenderingContext2D | null = null

function labelWidthPx(text: string): number {
  measuring ??= document.createElement('canvas').getContext('2d')
  if (measuring === null) return text.length * 7 + PADDING_PX
  measuring.font = "500 10.5px 'Inter Variable', 'Liberation Sans', sans-serif"
  return Math.ceil(measuring.measureText(text).width) + PADDING_PX
}
