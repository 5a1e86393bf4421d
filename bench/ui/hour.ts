import { openBooks } from '../../src/main/assembly/books'
import { chartsOf } from '../../src/main/assembly/charts'
import { configSchema } from '../../src/shared/config'
import { HISTORY_SECONDS, type Marker, type SeriesPoint } from '../../src/shared/frames'

const MARKER_EVERY_SECONDS = 120
/** As often as a console keeps what is new. */
const PART_SECONDS = 5

/**
 * Leaves the seconds of an hour up to now, and markers, where the console that has its data in `userData` keeps its own: it
 * reads them back when it is started, as it would those of a run that went on for an hour.
 */
export async function recordHour(url: string, userData: string, pairsPerSecond: number): Promise<void> {
  const config = configSchema.parse({ redis: { url } })
  const books = await openBooks(config, userData, config.redis)
  try {
    const { append } = await chartsOf(books, userData)
    const untilMs = Math.floor(Date.now() / 1000) * 1000
    for (let second = HISTORY_SECONDS; second > 0; second -= PART_SECONDS) {
      const seconds = Array.from({ length: PART_SECONDS }, (_, i) => untilMs - (second - i) * 1000)
      const markers = second % MARKER_EVERY_SECONDS === 0 ? [markerAt(seconds[0] ?? untilMs)] : []
      await append({ points: seconds.map((atMs) => pointAt(atMs, pairsPerSecond)), markers })
    }
  } finally {
    await books.close()
  }
}

function markerAt(atMs: number): Omit<Marker, 'seq'> {
  return { atMs, kind: 'operator', text: 'Batch size 60 → 62' }
}

/** A second as the engine leaves it here; each is a little different from the next, so that no curve is a straight line. */
export function pointAt(atMs: number, pairsPerSecond: number): SeriesPoint {
  const swing = Math.sin(atMs / 37_000) + Math.sin(atMs / 5_300) / 2
  const done = Math.round(pairsPerSecond * (1 + swing / 30))
  return {
    atMs,
    done,
    rateLimited: 0,
    failed: 0,
    transient: 0,
    requestsSent: done,
    requestsAccepted: done,
    requestsRefused: Math.max(0, Math.round(swing * 2)),
    ready: 500_000 + Math.round(swing * 10_000),
    delayed: 0,
    inFlight: 60 + Math.round(swing * 4),
    batchSize: 62,
    batchSizeAsked: 62,
    pairMsP50: 45 + swing * 3,
    pairMsP95: 80 + swing * 8,
    oldestReadyMs: 60_000,
    permittedPerSecond: pairsPerSecond,
    quotaPerSecond: pairsPerSecond,
  }
}
