import type { Redis } from 'ioredis'
import { z } from 'zod'
import { MAX_RUNS, RUN_PAGE_FRAMES, type RecordedFrame, type RunFigures, type RunPage, type RunSummary } from '../../shared/runs'
import type { QueueKeys } from './keys'
import { packed, unpacked } from './recorded-frames'

/** All runs of one console together, without the newest. */
const MOST_BYTES = 32 * 1024 * 1024
/** A console that is not opened any more leaves nothing behind for ever. */
const KEPT_SECONDS = 30 * 24 * 3600
/** Frames in one part, where they are written all at once. */
const FRAMES_A_PART = 20
/** Parts that one look at Redis brings. */
const PARTS_A_LOOK = RUN_PAGE_FRAMES / FRAMES_A_PART

const number = z.number()
const summarySchema = z.object({
  id: number.int(),
  startedAtMs: number,
  endedAtMs: number.nullable(),
  recordedUntilMs: number,
  finished: number,
  done: number,
  requestsAccepted: number,
  requestsRefused: number,
  pacing: z.enum(['adaptive', 'classic']),
  frames: number,
  stepSeconds: number,
  bytes: number,
}) satisfies z.ZodType<RunSummary>

/**
 * 1. Keeps the runs of one console, each in parts as it goes on.
 * 2. Is bounded: a new run pushes the oldest out.
 * 3. Reads them page by page.
 */
export class RunRecording {
  #current: { readonly id: number; bytes: number } | null = null

  /** `place` names the console among others on the same pipeline, and is the same after a restart. */
  constructor(
    private readonly redis: Redis,
    private readonly keys: QueueKeys,
    private readonly place: string,
  ) {}

  /** Adds to a run, which begins with the first call. None of it is kept when this rejects. */
  async append(figures: RunFigures, frames: readonly RecordedFrame[]): Promise<void> {
    const isNew = this.#current?.id !== figures.id
    const before = isNew ? 0 : (this.#current?.bytes ?? 0)
    await this.#write(figures, frames, before)
    if (isNew) await this.#prune()
  }

  /** Puts these frames in the place of all that was recorded of the run. */
  async rewrite(figures: RunFigures, frames: readonly RecordedFrame[]): Promise<void> {
    await this.#write(figures, frames, null)
    await this.#prune()
  }

  /** Newest first. What cannot be read is passed over. */
  async list(): Promise<RunSummary[]> {
    const kept = await this.redis.hvals(this.keys.runs(this.place))
    return kept.flatMap(summaryOf).toSorted((a, b) => b.id - a.id)
  }

  /** `from` is where the page before said that it goes on; 0 for the first. */
  async read(id: number, from: number): Promise<RunPage> {
    const parts = await this.redis.lrangeBuffer(this.keys.run(this.place, id), from, from + PARTS_A_LOOK - 1)
    const frames: RecordedFrame[] = []
    for (const part of parts) frames.push(...(await unpacked(part)))
    return { frames, nextFrom: parts.length === PARTS_A_LOOK ? from + PARTS_A_LOOK : null }
  }

  async #write(figures: RunFigures, frames: readonly RecordedFrame[], bytesBefore: number | null): Promise<void> {
    const [index, list] = [this.keys.runs(this.place), this.keys.run(this.place, figures.id)]
    const parts: Buffer[] = []
    for (let i = 0; i < frames.length; i += FRAMES_A_PART) parts.push(await packed(frames.slice(i, i + FRAMES_A_PART)))
    const bytes = parts.reduce((sum, part) => sum + part.length, bytesBefore ?? 0)
    const writing = this.redis.multi()
    if (bytesBefore === null) writing.del(list)
    if (parts.length > 0) writing.rpush(list, ...parts)
    writing.expire(list, KEPT_SECONDS)
    writing.hset(index, figures.id, JSON.stringify({ ...figures, bytes } satisfies RunSummary))
    writing.expire(index, KEPT_SECONDS)
    await writing.exec()
    this.#current = { id: figures.id, bytes }
  }

  /** A run whose frames have expired is older than any that is kept for its number. */
  async #prune(): Promise<void> {
    const runs = await this.list()
    const readable = new Set(runs.map(({ id }) => String(id)))
    const unreadable = (await this.redis.hkeys(this.keys.runs(this.place))).filter((id) => !readable.has(id))
    let bytes = 0
    const oldest = (runs[0]?.recordedUntilMs ?? 0) - KEPT_SECONDS * 1000
    const dropped = runs.filter((run, i) => {
      if (i === 0) return false
      bytes += run.bytes
      return i >= MAX_RUNS || bytes > MOST_BYTES || run.recordedUntilMs < oldest
    })
    const ids = [...dropped.map(({ id }) => String(id)), ...unreadable]
    if (ids.length === 0) return
    await this.redis.multi().del(...ids.map((id) => this.keys.run(this.place, id))).hdel(this.keys.runs(this.place), ...ids).exec()
  }
}

function summaryOf(json: string): RunSummary[] {
  try {
    const summary = summarySchema.safeParse(JSON.parse(json))
    return summary.success ? [summary.data] : []
  } catch {
    return []
  }
}
