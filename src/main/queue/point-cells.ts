import type { SeriesPoint } from '../../shared/frames'

/** The cells of a second, in the order in which they are kept. */
export const POINT_CELLS = [
  ...(['atMs', 'done', 'rateLimited', 'failed', 'transient', 'requestsSent', 'requestsAccepted', 'requestsRefused'] as const),
  ...(['ready', 'delayed', 'inFlight', 'batchSize', 'batchSizeAsked', 'pairMsP50', 'pairMsP95', 'oldestReadyMs'] as const),
  ...(['permittedPerSecond', 'quotaPerSecond'] as const),
] satisfies readonly (keyof SeriesPoint)[]

export type PointRow = readonly (number | null)[]

export function rowOfPoint(point: SeriesPoint): (number | null)[] {
  return POINT_CELLS.map((cell) => point[cell] ?? null)
}

/** Of a row with as many cells as there are names. */
export function pointOfRow(row: PointRow): SeriesPoint {
  // `rowOfPoint` wrote the cells from a second, and whoever read them has counted them.
  return Object.fromEntries(POINT_CELLS.map((cell, i) => [cell, row[i] ?? null])) as unknown as SeriesPoint
}
