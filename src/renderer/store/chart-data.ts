import { groupMarkers, type MarkerGroup } from './markers'
import type { Picture } from './picture'
import { windowOf, type RangeKey, type TimeSpan, type TimeWindow } from './ranges'
import { rowsOf, type ChartRow } from './series'

/** What all charts draw. */
export interface ChartData {
  readonly window: TimeWindow
  readonly rows: readonly ChartRow[]
  readonly groups: readonly MarkerGroup[]
}

/**
 * The selector of the chart data of a range, or of a stretch that was chosen. It answers the very same data until a bin is complete, a marker is set or the
 * history is a new one: charts that followed every frame would cost several times as much and show nothing more.
 */
export function chartDataSelector(range: RangeKey | TimeSpan): (picture: Picture) => ChartData {
  let last: { readonly data: ChartData; readonly picture: Picture } | null = null
  return (picture) => {
    const window = windowOf(range, { ...picture, run: picture.gauges.run })
    if (last === null || !isSameWindow(last.data.window, window) || !isSameHistory(last.picture, picture)) {
      last = { data: dataOf(picture, window), picture }
    }
    return last.data
  }
}

function dataOf(picture: Picture, window: TimeWindow): ChartData {
  const rows = rowsOf(picture.points, window)
  // There is no curve through one point; Recharts would draw a lone dot.
  return { window, rows: rows.length > 1 ? rows : [], groups: groupMarkers(picture.markers, window) }
}

function isSameWindow(a: TimeWindow, b: TimeWindow): boolean {
  return a.fromMs === b.fromMs && a.toMs === b.toMs && a.stepMs === b.stepMs
}

function isSameHistory(a: Picture, b: Picture): boolean {
  return a.generation === b.generation && a.markers === b.markers
}
