import { useMemo } from 'react'
import { useConsole, useConsoleStore, usePicture } from '../store/console-context'
import { groupMarkers, type MarkerGroup } from '../store/markers'
import { windowOf, type TimeWindow } from '../store/ranges'
import { rowsOf, type ChartRow } from '../store/series'

export interface ChartData {
  readonly window: TimeWindow
  readonly rows: readonly ChartRow[]
  readonly groups: readonly MarkerGroup[]
}

/** What all charts draw. It changes when a bin is complete, not with every frame: that is what keeps drawing cheap. */
export function useChartData(): ChartData {
  const store = useConsoleStore()
  const range = useConsole((state) => state.range)
  const generation = usePicture((picture) => picture.generation)
  const markers = usePicture((picture) => picture.markers)
  const windowKey = usePicture((picture) => keyOf(windowOf(range, { ...picture, run: picture.gauges.run })))

  return useMemo(() => {
    const { picture } = store.getState()
    if (picture === null) throw new Error(`The charts of generation ${generation} are shown before there is a picture`)
    const window = windowOf(range, { ...picture, run: picture.gauges.run })
    const rows = rowsOf(picture.points, window)
    // There is no curve through one point; Recharts would draw a lone dot.
    return { window, rows: rows.length > 1 ? rows : [], groups: groupMarkers(markers, window) }
  }, [store, range, generation, markers, windowKey])
}

function keyOf({ fromMs, toMs, stepMs }: TimeWindow): string {
  return `${fromMs} ${toMs} ${stepMs}`
}
