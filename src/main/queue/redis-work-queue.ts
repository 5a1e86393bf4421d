import type { Redis } from 'ioredis'
import type { BatchRecord, EpochRecord, Ledger } from '../../shared/frames'
import { MAX_PRIORITY } from '../../shared/pair'
import type { Claim, HeldPair, SettleReceipt, Settlement, WorkQueue } from '../engine/ports'
import { defineQueueCommands } from './commands'
import { queueKeys, TOKENS_APART, type QueueKeys } from './keys'
import { ledgerOf } from './ledger-counts'
import type { FailureRecord } from './reads'
import { DEFAULT_PRIORITIES, spelledPriorities, type PriorityRules } from './priorities'
import { RememberedCommands } from './remembered-commands'
import { SettleArguments } from './settle-arguments'
import { parseStoredEntry } from './stored-entry'
import { troublesOf } from './troubles'
import type { Forgotten } from './witness'

/** Batch records that Redis keeps. */
export const KEPT_BATCHES = 10_000
/** Ended epochs that Redis keeps. */
const KEPT_EPOCHS = 1000
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
  readonly priorities?: PriorityRules
  /** Whether settling and enqueueing end when the server has answered, or when it is on its disk as well; 'server'. */
  readonly durability?: 'server' | 'disk'
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
  readonly #priorities: ReturnType<typeof spelledPriorities>
  readonly #settleArguments = new SettleArguments()
  readonly #remembered: RememberedCommands

  constructor(private readonly options: QueueOptions) {
    this.#redis = options.redis
    this.#priorities = spelledPriorities(options.priorities ?? DEFAULT_PRIORITIES)
    this.keys = queueKeys(options.pipeline, options.inbox)
    const { redis, owner, durability = 'server' } = options
    this.#remembered = new RememberedCommands({ redis, owner, durability, keys: this.keys })
    defineQueueCommands(redis)
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
    const [token, nextDueMs, ids, entries, troubles] = await this.#remembered.send('claim', (reply, request) =>
      this.#redis.sluiceClaim(
        keys.ready,
        keys.delayed,
        keys.inFlight,
        keys.pairs,
        keys.troubles,
        keys.sequences,
        reply,
        request,
        count,
        options.leaseMs,
        TOKENS_APART,
        this.#priorities.headStartUs,
      ),
      ([, , lent]) => lent.length,
    )
    this.#remembered.witness.seeToken(token)
    const pairs = ids.map((id, i) => {
      const { attempts, refusals, recoveries } = troublesOf(troubles[i] ?? null)
      return { id, token, entry: parseStoredEntry(id, entries[i] ?? null), attempts, refusals, recoveries }
    })
    return { token, pairs, nextDueMs: nextDueMs < 0 ? null : nextDueMs }
  }

  /** What Redis had acknowledged to this engine and knows nothing of any more. Does not tell the same twice. */
  forgotten(): Promise<Forgotten> {
    return this.#remembered.forgotten()
  }

  async settle(settlements: readonly Settlement[], batches: readonly BatchRecord[] = []): Promise<SettleReceipt> {
    const { keys } = this
    const late = await this.#remembered.send('settle', (reply, request) =>
      this.#redis.sluiceSettle(
        keys.ready,
        keys.delayed,
        keys.inFlight,
        keys.troubles,
        keys.done,
        keys.results,
        keys.layouts,
        keys.failed,
        keys.failures,
        keys.batches,
        keys.sequences,
        reply,
        request,
        TOKENS_APART,
        KEPT_BATCHES,
        batches.length,
        batches.map((batch) => JSON.stringify(batch)),
        this.#settleArguments.of(settlements),
      ),
      () => settlements.length,
    )
    return { late }
  }

  async heartbeat(held: readonly HeldPair[]): Promise<{ lost: readonly string[] }> {
    const { keys, options } = this
    const tokens = held.flatMap(({ id, token }) => [id, token])
    const lost = await this.#redis.sluiceHeartbeat(keys.inFlight, keys.sequences, options.leaseMs, TOKENS_APART, tokens)
    return { lost }
  }

  async recover(): Promise<{ recovered: number; failed: number }> {
    const { keys, options } = this
    const [recovered, failed] = await this.#redis.sluiceRecover(
      keys.ready,
      keys.inFlight,
      keys.troubles,
      keys.failed,
      keys.failures,
      keys.ledger,
      keys.sequences,
      options.maxRecoveries,
      TOKENS_APART,
    )
    return { recovered, failed }
  }

  /** Puts these failed pairs back to the end of the line. Answers how many of them were failed. */
  retryFailed(ids: readonly string[]): Promise<number> {
    const { keys } = this
    return this.#remembered.answeredOnce('retry', (reply, request) =>
      this.#redis.sluiceRetry(keys.ready, keys.failed, keys.failures, keys.sequences, keys.pairs, reply, request, this.#priorities.headStartUs, ids),
    )
  }

  /** Takes a retry back: those that still wait untouched are failed again. Answers how many. */
  unretry(failures: readonly FailureRecord[]): Promise<number> {
    const { keys } = this
    const spelled = failures.flatMap(({ id, reason, message, attempts, refusals, recoveries, failedAtMs, epoch }) => [
      id,
      failedAtMs,
      JSON.stringify({ reason, message, attempts, refusals, recoveries, failedAtMs, epoch }),
    ])
    return this.#remembered.answeredOnce('unretry', (reply, request) =>
      this.#redis.sluiceUnretry(keys.ready, keys.failed, keys.failures, keys.troubles, reply, request, spelled),
    )
  }

  /**
   * Takes these failed pairs out of the books for good, with the result of an earlier analysis; handed in again, they are
   * new ones. Answers how many of them were failed.
   */
  discardFailed(ids: readonly string[]): Promise<number> {
    const { keys } = this
    return this.#remembered.answeredOnce('discard', (reply, request) =>
      this.#redis.sluiceDiscard(keys.failed, keys.failures, keys.troubles, keys.pairs, keys.results, keys.ledger, reply, request, ids),
    )
  }

  /** Gives those of these pairs that wait, ready or delayed, another priority (0–9). Answers how many changed. */
  prioritize(ids: readonly string[], priority: number): Promise<number> {
    const { keys } = this
    return this.#remembered.answeredOnce('prioritize', (reply, request) =>
      this.#redis.sluicePrioritize(keys.ready, keys.delayed, keys.pairs, reply, request, this.#priorities.headStartUs, priority, ids),
    )
  }

  /** The number of the next epoch. Asked again after a lost reply it may leave a number out. */
  nextEpoch(): Promise<number> {
    return this.#redis.hincrby(this.keys.sequences, 'epoch', 1)
  }

  async saveEpoch(epoch: EpochRecord): Promise<void> {
    const { epochs } = this.keys
    await this.#redis.multi().lpush(epochs, JSON.stringify(epoch)).ltrim(epochs, 0, KEPT_EPOCHS - 1).exec()
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
    const ledger = ledgerOf(counts)
    this.#remembered.witness.seeServerTime(ledger.auditedAtMs)
    return ledger
  }

  #admit(source: readonly (string | number)[]): Promise<[number, string[]]> {
    const { keys } = this
    return this.#remembered.send('admit', (reply, request) =>
      this.#redis.sluiceAdmit(
        keys.inbox,
        keys.ready,
        keys.pairs,
        keys.done,
        keys.rejected,
        keys.ledger,
        keys.sequences,
        reply,
        request,
        MAX_PRIORITY,
        this.#priorities.headStartUs,
        this.#priorities.volumeRules,
        source,
      ),
      ([, verdicts]) => verdicts.length,
    )
  }
}
