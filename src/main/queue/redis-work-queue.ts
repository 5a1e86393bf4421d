import type { Redis } from 'ioredis'
import type { BatchRecord, Ledger } from '../../shared/frames'
import type { Claim, Disposition, HeldPair, SettleReceipt, Settlement, WorkQueue } from '../engine/ports'
import { defineQueueCommands } from './commands'
import { queueKeys, type QueueKeys } from './keys'
import { parseStoredEntry } from './stored-entry'

/** Batch records that Redis keeps. */
export const KEPT_BATCHES = 10_000
/** Inbox entries that one command moves, so that none of them holds Redis up for long. */
const ADOPTED_AT_ONCE = 1000

export interface QueueOptions {
  readonly redis: Redis
  readonly pipeline: string
  readonly inbox: string
  /** Names this engine among others; must be unique to the process. */
  readonly owner: string
  readonly leaseMs: number
  /** Crashes that a pair may be part of before it is set aside as failed. */
  readonly maxRecoveries: number
}

/** What became of an entry that was handed in. */
export type Verdict = 'enqueued' | 'duplicate' | { readonly rejected: string }

/**
 * The work queue in Redis; each command is one Lua call.
 * 1. Takes pairs in, from the inbox or as handed over, each once.
 * 2. Lends them under a lease and a fencing token, and takes them back settled or when the lease has ended.
 * 3. Keeps the ledger.
 * A command that is sent again because its reply was lost changes nothing the second time: it bears a request id.
 */
export class RedisWorkQueue implements WorkQueue {
  readonly keys: QueueKeys
  readonly #redis: Redis
  #requests = 0

  constructor(private readonly options: QueueOptions) {
    this.#redis = options.redis
    this.keys = queueKeys(options.pipeline, options.inbox)
    defineQueueCommands(options.redis)
  }

  get pipeline(): string {
    return this.options.pipeline
  }

  async adopt(): Promise<{ adopted: number; duplicates: number; rejected: number; left: number }> {
    const [left, verdicts] = await this.#admit(['inbox', ADOPTED_AT_ONCE])
    const adopted = verdicts.filter((verdict) => verdict === 'enqueued').length
    const duplicates = verdicts.filter((verdict) => verdict === 'duplicate').length
    return { adopted, duplicates, rejected: verdicts.length - adopted - duplicates, left }
  }

  /**
   * Takes entries in, JSON texts with the inbox's field names. Answers a verdict for each, in order. A pair that is done
   * is a duplicate unless `reanalyze` is set: then it is worked again, and its result stays until the new one is there.
   */
  async enqueue(entries: readonly string[], { reanalyze = false } = {}): Promise<Verdict[]> {
    if (entries.length === 0) return []
    const [, verdicts] = await this.#admit(['given', reanalyze ? '1' : '0', ...entries])
    return verdicts.map((verdict) =>
      verdict === 'enqueued' || verdict === 'duplicate' ? verdict : { rejected: verdict },
    )
  }

  async claim(count: number): Promise<Claim> {
    const { keys, options } = this
    const [token, nextDueMs, ids, entries, attempts, refusals, recoveries] = await this.#redis.sluiceClaim(
      keys.ready,
      keys.delayed,
      keys.inFlight,
      keys.holders,
      keys.pairs,
      keys.attempts,
      keys.refusals,
      keys.recoveries,
      keys.sequences,
      keys.reply('claim', options.owner),
      this.#nextRequest(),
      count,
      options.leaseMs,
    )
    const pairs = ids.map((id, i) => ({
      id,
      token,
      entry: parseStoredEntry(id, entries[i] ?? null),
      attempts: Number(attempts[i] ?? 0),
      refusals: Number(refusals[i] ?? 0),
      recoveries: Number(recoveries[i] ?? 0),
    }))
    return { token, pairs, nextDueMs: nextDueMs < 0 ? null : nextDueMs }
  }

  async settle(settlements: readonly Settlement[], batch?: BatchRecord): Promise<SettleReceipt> {
    const { keys, options } = this
    const late = await this.#redis.sluiceSettle(
      keys.ready,
      keys.delayed,
      keys.inFlight,
      keys.holders,
      keys.attempts,
      keys.refusals,
      keys.recoveries,
      keys.done,
      keys.results,
      keys.failed,
      keys.failures,
      keys.batches,
      keys.sequences,
      keys.reply('settle', options.owner),
      this.#nextRequest(),
      batch ? JSON.stringify(batch) : '',
      KEPT_BATCHES,
      settlements.flatMap(({ id, token, disposition }) => [id, token, ...spelled(disposition)]),
    )
    return { late }
  }

  async heartbeat(held: readonly HeldPair[]): Promise<{ lost: readonly string[] }> {
    const { keys, options } = this
    const tokens = held.flatMap(({ id, token }) => [id, token])
    return { lost: await this.#redis.sluiceHeartbeat(keys.inFlight, keys.holders, options.leaseMs, tokens) }
  }

  async recover(): Promise<{ recovered: number; failed: number }> {
    const { keys, options } = this
    const [recovered, failed] = await this.#redis.sluiceRecover(
      keys.ready,
      keys.inFlight,
      keys.holders,
      keys.attempts,
      keys.refusals,
      keys.recoveries,
      keys.failed,
      keys.failures,
      keys.ledger,
      keys.sequences,
      options.maxRecoveries,
    )
    return { recovered, failed }
  }

  /** Puts these failed pairs back to the end of the line. Answers how many of them were failed. */
  retryFailed(ids: readonly string[]): Promise<number> {
    const { keys } = this
    return this.#redis.sluiceRetry(keys.ready, keys.failed, keys.failures, keys.sequences, keys.pairs, ids)
  }

  async audit(): Promise<Ledger> {
    const { keys } = this
    const counts = await this.#redis.sluiceAudit(
      keys.inbox,
      keys.ready,
      keys.delayed,
      keys.inFlight,
      keys.pairs,
      keys.done,
      keys.failed,
      keys.rejected,
      keys.ledger,
    )
    return ledgerOf(counts)
  }

  #admit(source: readonly (string | number)[]): Promise<[number, string[]]> {
    const { keys, options } = this
    return this.#redis.sluiceAdmit(
      keys.inbox,
      keys.ready,
      keys.pairs,
      keys.done,
      keys.rejected,
      keys.ledger,
      keys.sequences,
      keys.reply('admit', options.owner),
      this.#nextRequest(),
      source,
    )
  }

  #nextRequest(): number {
    return ++this.#requests
  }
}

/** A disposition and its payload as settle.lua reads them. */
function spelled(disposition: Disposition): [string, string | number] {
  switch (disposition.to) {
    case 'done':
      return ['done', JSON.stringify(disposition.result)]
    case 'front':
      return [disposition.because, '']
    case 'delayed':
      return ['delayed', Math.round(disposition.delayMs)]
    case 'failed':
      return ['failed', JSON.stringify({ reason: disposition.reason, message: disposition.message })]
  }
}

function ledgerOf(counts: readonly number[]): Ledger {
  const [enqueued = 0, ready = 0, delayed = 0, inFlight = 0, done = 0, failed = 0, discarded = 0, ...rest] = counts
  const [inbox = 0, rejected = 0, duplicates = 0, recovered = 0, known = 0, oldestMs = 0, auditedAtMs = 0] = rest
  const placed = ready + delayed + inFlight + done + failed
  return {
    enqueued,
    ready,
    delayed,
    inFlight,
    done,
    failed,
    discarded,
    // Missing from the places, or from the entries: the greater is told, so that neither can hide the other.
    lost: Math.max(enqueued - discarded - placed, known - placed),
    inbox,
    rejected,
    duplicates,
    recovered,
    oldestReadyMs: oldestMs === 0 ? null : Math.max(0, auditedAtMs - oldestMs),
    auditedAtMs,
  }
}
