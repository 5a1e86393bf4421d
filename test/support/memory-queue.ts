import type { BatchRecord, EpochRecord, Ledger } from '../../src/shared/frames'
import type { Claim, ClaimedPair, HeldPair, Settlement, WorkQueue } from '../../src/main/engine/ports'

const LEASE_MS = 30_000

/** The queue's rules in memory, for tests of the engine on virtual time. The real one is tested against a real Redis. */
export class MemoryQueue implements WorkQueue {
  ready: ClaimedPair[] = []
  delayed: { pair: ClaimedPair; dueMs: number; message: string }[] = []
  inFlight = new Map<string, { pair: ClaimedPair; endsMs: number }>()
  done: string[] = []
  failed: { id: string; reason: string; message: string }[] = []
  batches: BatchRecord[] = []
  claims: string[][] = []
  /** When set, each command rejects with it, as a full or broken Redis does. */
  broken: Error | null = null
  epochs: EpochRecord[] = []
  #fence = 0
  #epoch = 0
  #recovered = 0

  constructor(names: readonly string[]) {
    this.ready = names.map((name) => ({
      id: name,
      entry: { wallet_address: name, token_address: 'token', chain: 'solana' },
      token: 0,
      attempts: 0,
      refusals: 0,
      recoveries: 0,
    }))
  }

  async nextEpoch() {
    this.#check()
    return ++this.#epoch
  }

  async saveEpoch(epoch: EpochRecord) {
    this.#check()
    this.epochs.push(epoch)
  }

  async adopt() {
    this.#check()
    return { adopted: 0, duplicates: 0, rejected: 0, left: 0 }
  }

  async claim(count: number): Promise<Claim> {
    this.#check()
    const now = Date.now()
    this.ready.push(...this.delayed.filter(({ dueMs }) => dueMs <= now).map(({ pair }) => pair))
    this.delayed = this.delayed.filter(({ dueMs }) => dueMs > now)
    const nextDueMs = this.delayed.length > 0 ? Math.min(...this.delayed.map(({ dueMs }) => dueMs)) - now : null
    const taken = this.ready.splice(0, count)
    if (taken.length === 0) return { token: 0, pairs: [], nextDueMs }
    const token = ++this.#fence
    const pairs = taken.map((pair) => ({ ...pair, token }))
    for (const pair of pairs) this.inFlight.set(pair.id, { pair, endsMs: now + LEASE_MS })
    this.claims.push(pairs.map(({ id }) => id))
    return { token, pairs, nextDueMs }
  }

  async settle(settlements: readonly Settlement[], batches: readonly BatchRecord[] = []) {
    this.#check()
    const late: string[] = []
    const front: ClaimedPair[] = []
    for (const { id, token, disposition } of settlements) {
      const held = this.inFlight.get(id)
      if (held?.pair.token !== token) {
        late.push(id)
        continue
      }
      this.inFlight.delete(id)
      if (disposition.to === 'done') this.done.push(id)
      else if (disposition.to === 'failed') this.failed.push({ id, ...disposition })
      else if (disposition.to === 'front') front.push(held.pair)
      else this.#delay(held.pair, disposition)
    }
    this.ready.unshift(...front)
    this.batches.push(...batches)
    return { late }
  }

  async heartbeat(held: readonly HeldPair[]) {
    this.#check()
    const lost: string[] = []
    for (const { id, token } of held) {
      const lease = this.inFlight.get(id)
      if (lease?.pair.token === token) lease.endsMs = Date.now() + LEASE_MS
      else lost.push(id)
    }
    return { lost }
  }

  async recover() {
    this.#check()
    const ended = [...this.inFlight.values()].filter(({ endsMs }) => endsMs <= Date.now())
    for (const { pair } of ended) this.inFlight.delete(pair.id)
    this.ready.unshift(...ended.map(({ pair }) => ({ ...pair, recoveries: pair.recoveries + 1 })))
    this.#recovered += ended.length
    return { recovered: ended.length, failed: 0 }
  }

  async audit(): Promise<Ledger> {
    this.#check()
    const counts = {
      ready: this.ready.length,
      delayed: this.delayed.length,
      inFlight: this.inFlight.size,
      done: this.done.length,
      failed: this.failed.length,
    }
    const enqueued = Object.values(counts).reduce((sum, n) => sum + n, 0)
    const rest = { discarded: 0, lost: 0, inbox: 0, rejected: 0, duplicates: 0, oldestReadyMs: null }
    return { enqueued, ...counts, ...rest, recovered: this.#recovered, auditedAtMs: Date.now() }
  }

  #delay(pair: ClaimedPair, { delayMs, message }: { delayMs: number; message: string }): void {
    this.delayed.push({ pair: { ...pair, attempts: pair.attempts + 1 }, dueMs: Date.now() + delayMs, message })
  }

  #check(): void {
    if (this.broken) throw this.broken
  }
}
