import type { MarkerGroup } from '../store/markers'
import type { TimeWindow } from '../store/ranges'

export interface MarkerLabel {
  readonly group: MarkerGroup
  readonly text: string
  /** Px from the plot's left edge. */
  readonly leftPx: number
  readonly widthPx: number
}

const GAP_PX = 4
const LONGEST_TEXT = 26

/**
 * Places the labels of marker lines in one row above a plot, newest first: right of its line, or left of it where the plot
 * ends. One that would touch another is left out; its line stays, and its text shows on hover.
 */
export function placeLabels(
  groups: readonly MarkerGroup[],
  window: TimeWindow,
  plotWidthPx: number,
  widthOf: (text: string) => number,
): MarkerLabel[] {
  const placed: MarkerLabel[] = []
  for (const group of groups.toReversed()) {
    const text = labelOf(group)
    const widthPx = widthOf(text)
    const linePx = ((group.atMs - window.fromMs) / (window.toMs - window.fromMs)) * plotWidthPx
    const leftPx = [linePx, linePx - widthPx].find(
      (candidate) => candidate >= 0 && candidate + widthPx <= plotWidthPx && isFree(candidate, widthPx, placed),
    )
    if (leftPx !== undefined) placed.push({ group, text, leftPx, widthPx })
  }
  return placed.reverse()
}

function labelOf({ markers }: MarkerGroup): string {
  const newest = markers.at(-1)?.text ?? ''
  const text = newest.length > LONGEST_TEXT ? `${newest.slice(0, LONGEST_TEXT - 1)}…` : newest
  return markers.length > 1 ? `${text} +${markers.length - 1}` : text
}

function isFree(leftPx: number, widthPx: number, placed: readonly MarkerLabel[]): boolean {
  return placed.every((other) => leftPx + widthPx + GAP_PX <= other.leftPx || leftPx >= other.leftPx + other.widthPx + GAP_PX)
}
