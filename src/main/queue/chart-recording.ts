import type { Redis } from 'ioredis'
import { z } from 'zod'
import { HISTORY_SECONDS, type Marker, type SeriesPoint } from '../../shared/frames'
import type { QueueKeys } from './keys'
import { POINT_CELLS, pointOfRow, rowOfPoint } from './point-cells'

/** What the charts of one console are drawn from. */
export interface Recorded {
  /** Oldest first; seconds when nobody recorded are missing. */
  readonly points: readonly SeriesPoint[]
  readonly markers: readonly Omit<Marker, 'seq'>[]
}

/** At one every few seconds they hold well over an hour. */
const KEPT_PARTS = 1000
/** A console that is not opened any more leaves nothing behind for ever. */
const KEPT_SECONDS = 30 * 24 * 3600
const VERSION = 1
const partSchema = z.tuple([
  z.literal(VERSION),
  z.array(z.array(z.number().nullable()).length(POINT_CELLS.length)),
  z.array(z.tuple([z.number(), z.enum(['operator', 'engine', 'redis']), z.string()])),
])

/** The seconds and markers of one console, kept in Redis part by part, bounded, and found again after a restart. */
export class ChartRecording {
  readonly #key: string

  /** `place` names the console among others on the same pipeline, and is the same after a restart. */
  constructor(
    private readonly redis: Redis,
    keys: QueueKeys,
    place: string,
  ) {
    this.#key = keys.charts(place)
  }

  async append({ points, markers }: Recorded): Promise<void> {
    const part: z.input<typeof partSchema> = [
      VERSION,
      points.map(rowOfPoint),
      markers.map(({ atMs, kind, text }) => [atMs, kind, text]),
    ]
    await this.redis
      .multi()
      .rpush(this.#key, JSON.stringify(part))
      .ltrim(this.#key, -KEPT_PARTS, -1)
      .expire(this.#key, KEPT_SECONDS)
      .exec()
  }

  /** What was recorded in the hour before `nowMs` (Unix ms). Parts of an unknown version are passed over. */
  async read(nowMs: number): Promise<Recorded> {
    const parts = (await this.redis.lrange(this.#key, 0, -1)).flatMap(partOf)
    const isRecent = ({ atMs }: { readonly atMs: number }) => atMs > nowMs - HISTORY_SECONDS * 1000 && atMs < nowMs
    const points = new Map(parts.flatMap(({ points }) => points.filter(isRecent)).map((point) => [point.atMs, point]))
    return {
      points: [...points.values()].toSorted((a, b) => a.atMs - b.atMs),
      markers: parts.flatMap(({ markers }) => markers.filter(isRecent)),
    }
  }
}

function partOf(json: string): Recorded[] {
  const part = partSchema.safeParse(parsed(json))
  if (!part.success) return []
  const [, rows, markers] = part.data
  return [
    {
      points: rows.map(pointOfRow),
      markers: markers.map(([atMs, kind, text]) => ({ atMs, kind, text })),
    },
  ]
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
