import type { BirdeyeClient } from '../analysis/birdeye-client'
import { previewOf } from '../analysis/discovery-cost'
import { fillQueue } from '../analysis/fill-queue'
import type { PairSource } from '../operator/ports'
import type { RedisWorkQueue } from '../queue/redis-work-queue'
import { systemClock } from '../system-clock'

interface PairSourceParts {
  /** The one that pairs are analysed with. */
  readonly client: BirdeyeClient
  readonly queue: RedisWorkQueue
  quotaPerSecond(): number | null
  /** Puts refused keys and parked accounts back in use: who starts again may have mended them. */
  readmitAccounts(): void
}

/** Finds pairs through the app's own client and queues them. */
export function pairSource({ client, queue, quotaPerSecond, readmitAccounts }: PairSourceParts): PairSource {
  return {
    preview: (plan) => previewOf(plan, quotaPerSecond()),
    fill: (plan, watch) => {
      readmitAccounts()
      const enqueue = (entries: readonly string[]) => queue.enqueue(entries)
      return fillQueue(plan, { ...watch, client, clock: systemClock, quotaPerSecond: quotaPerSecond(), enqueue })
    },
  }
}
