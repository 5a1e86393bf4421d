import type { Clock } from '../engine/ports'
import type { BirdeyeClient, Query, Reply } from './birdeye-client'

/**
 * Waits before a request is sent again, in ms; after the last of them the answer stands. A failure is tried again as the
 * price book does it. A refusal says nothing against the request, so it is given a minute, the longest window of any quota.
 */
const WAITS_MS = {
  transient: [1000, 2000, 4000],
  'rate-limited': [1000, 2000, 4000, 8000, 16_000, 30_000],
} as const
/** Keys tried for one request. Each refused one goes out of use, so this is reached only if they come back meanwhile. */
const MOST_KEYS = 100

export interface PatientClientOptions {
  readonly client: Pick<BirdeyeClient, 'get'>
  readonly clock: Clock
  /** Hears why nothing is sent for a while, and for how long. */
  onWait(message: string, waitMs: number): void
}

/**
 * 1. Sends a request, and sends it again after what may pass: a rate limit, a network or server error, one key of several.
 * 2. Holds every other request back too while a refusal is waited out.
 * 3. Counts what was sent.
 */
export class PatientClient {
  #requests = 0
  #heldUntilMs = Number.NEGATIVE_INFINITY

  constructor(private readonly options: PatientClientOptions) {}

  get requests(): number {
    return this.#requests
  }

  /** Data, or the fault that no waiting mends. Rejects with the signal's reason only. */
  async get<T>(query: Query<T>, signal: AbortSignal): Promise<Reply<T>> {
    const { client, clock, onWait } = this.options
    const tries = { transient: 0, 'rate-limited': 0, keys: 0 }
    for (;;) {
      await this.#untilReleased(signal)
      const reply = await client.get(query, signal)
      this.#requests += 1
      switch (reply.kind) {
        case 'data':
        case 'permanent':
          return reply
        case 'allowance-spent':
        case 'configuration':
          if (reply.blocked || ++tries.keys >= MOST_KEYS) return reply
          continue // another key or account is left
        case 'transient':
        case 'rate-limited': {
          const waitMs = WAITS_MS[reply.kind][tries[reply.kind]++]
          if (waitMs === undefined) return reply
          onWait(reply.message, waitMs)
          if (reply.kind === 'rate-limited') this.#heldUntilMs = Math.max(this.#heldUntilMs, clock.nowMs() + waitMs)
          else await clock.sleep(waitMs, signal)
        }
      }
    }
  }

  async #untilReleased(signal: AbortSignal): Promise<void> {
    const { clock } = this.options
    // While one sleeps another may be refused, and hold all of them for longer.
    for (let leftMs = this.#leftMs; leftMs > 0; leftMs = this.#leftMs) {
      await clock.sleep(leftMs, signal)
      signal.throwIfAborted()
    }
    signal.throwIfAborted()
  }

  get #leftMs(): number {
    return this.#heldUntilMs - this.options.clock.nowMs()
  }
}
