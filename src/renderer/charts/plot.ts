/** The room around every plot, in px. The same for all charts, so that one moment stands at one place on all of them. */
export const PLOT = { left: 44, right: 40, top: 8, bottom: 18 } as const

/** Intervals of a value axis: in a low plot three numbers would stand on each other. */
export function intervalsFor(heightPx: number): number {
  return heightPx - PLOT.top - PLOT.bottom < 32 ? 1 : 2
}

/** Charts with this id share one crosshair. */
export const SYNC_ID = 'console'

export function plotWidthPx(chartWidthPx: number): number {
  return Math.max(0, chartWidthPx - PLOT.left - PLOT.right)
}

/** Margins of a chart whose left numbers take their room by themselves. */
export const MARGIN = { left: 0, right: PLOT.right, top: PLOT.top, bottom: 0 } as const
/** The same where numbers stand on both sides. */
export const MARGIN_OF_TWO_AXES = { ...MARGIN, right: 0 } as const
