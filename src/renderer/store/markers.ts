import type { Marker } from '../../shared/frames'
import type { TimeWindow } from './ranges'

/** Markers that stand too close together for two lines, drawn as one. */
export interface MarkerGroup {
  /** Unix ms of the newest of them: the line stands there. */
  readonly atMs: number
  /** Oldest first, at least one. */
  readonly markers: readonly Marker[]
}

/** Two lines share a place when they are closer than this share of the window. */
const CLOSE_SHARE = 1 / 120

/** The markers of a window, grouped, oldest first. */
export function groupMarkers(markers: readonly Marker[], window: TimeWindow): MarkerGroup[] {
  const closeMs = (window.toMs - window.fromMs) * CLOSE_SHARE
  const groups: { atMs: number; markers: Marker[] }[] = []
  for (const marker of markers) {
    if (marker.atMs < window.fromMs || marker.atMs > window.toMs) continue
    const last = groups.at(-1)
    const first = last?.markers[0]
    if (last && first && marker.atMs - first.atMs < closeMs) {
      last.markers.push(marker)
      last.atMs = marker.atMs
    } else groups.push({ atMs: marker.atMs, markers: [marker] })
  }
  return groups
}
