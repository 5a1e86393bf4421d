import type { Redis } from 'ioredis'
import type { BatchRecord, EpochRecord, Ledger } from '../../shared/frames'
import { MAX_PRIORITY } from '../../shared/pair'
import type { Claim, ClaimedPair, HeldPair, SettleReceipt, Settlement, WorkQueue } from '../engine/ports'
import { defineQueueCommands } from './commands'
import { queueKeys, TOKENS_APART, type QueueKeys } from './keys'
import type { FailureRecord } from './reads'
import { DEFAULT_PRIORITIES, spelledPriorities, type PriorityRules } from './priorities'
import { SettleArguments } from './settle-arguments'
import { untilOnDisk } from './disk-wait'
import { parseStoredEntry } from './stored-entry'
import { SURELY_REMEMBERED_MS, Witness, type Acknowledged, type Forgotten } from './witness'

/** Batch records that Redis keeps. */
export const KEPT_BATCHES = 10_000
/** Ended epochs that Redis keeps. */
const KEPT_EPOCHS = 1000
/** Inbox entries that one command moves, so that none of them holds Redis up for long. */
const ADOPTED_AT_ONCE = 1000
/** Commands that one owner may have under way at once, each of which can be sent again. */
const REMEMBERED_REPLIES = 64

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

type Troubles = Pick<ClaimedPair, 'attempts' | 'refusals' | 'recoveries'>

const NO_TROUBLES: Troubles = { attempts: 0, refusals: 0, recoveries: 0 }

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
  readonly #unanswered: Promise<unknown>[] = []
  #requests = 0
  /** No more: of two replies in a slot, Redis remembers the newer. */
  readonly #witness = new Witness(REMEMBERED_REPLIES)

  constructor(private readonly options: QueueOptions) {
    this.#redis = options.redis
    this.#priorities = spelledPriorities(options.priorities ?? DEFAULT_PRIORITIES)
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
    const [token, nextDueMs, ids, entries, troubles] = await this.#remembered('claim', (reply, request) =>
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
    this.#witness.seeToken(token)
    const pairs = ids.map((id, i) => {
      const { attempts, refusals, recoveries } = troublesOf(troubles[i] ?? null)
      return { id, token, entry: parseStoredEntry(id, entries[i] ?? null), attempts, refusals, recoveries }
    })
    return { token, pairs, nextDueMs: nextDueMs < 0 ? null : nextDueMs }
  }

  /**
   * What Redis had acknowledged to this engine and knows nothing of any more: nothing, unless it came back with an older
   * state, as it may after a power failure. Does not tell the same twice.
   */
  async forgotten(): Promise<Forgotten> {
    const asked = this.#witness.newestFirst
    const missing = await this.#redis.sluiceWitness(
      1 + asked.length,
      this.keys.sequences,
      asked.map(({ reply }) => reply),
      this.#witness.newestToken,
      SURELY_REMEMBERED_MS,
      asked.flatMap(({ request, afterMs }) => [request, afterMs]),
    )
    return this.#witness.judge(asked, missing)
  }

  async settle(settlements: readonly Settlement[], batches: readonly BatchRecord[] = []): Promise<SettleReceipt> {
    const { keys } = this
    const late = await this.#remembered('settle', (reply, request) =>
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
    return this.#redis.sluiceRetry(keys.ready, keys.failed, keys.failures, keys.sequences, keys.pairs, this.#priorities.headStartUs, ids)
  }

  /** Takes a retry back: those that still wait untouched are failed again. Answers how many. */
  unretry(failures: readonly FailureRecord[]): Promise<number> {
    const { keys } = this
    const spelled = failures.flatMap(({ id, reason, message, attempts, refusals, recoveries, failedAtMs, epoch }) => [
      id,
      failedAtMs,
      JSON.stringify({ reason, message, attempts, refusals, recoveries, failedAtMs, epoch }),
    ])
    return this.#redis.sluiceUnretry(keys.ready, keys.failed, keys.failures, keys.troubles, spelled)
  }

  /**
   * Takes these failed pairs out of the books for good, with the result of an earlier analysis; handed in again, they are
   * new ones. Answers how many of them were failed.
   */
  discardFailed(ids: readonly string[]): Promise<number> {
    const { keys } = this
    return this.#redis.sluiceDiscard(keys.failed, keys.failures, keys.troubles, keys.pairs, keys.results, keys.ledger, ids)
  }

  /** Gives those of these pairs that wait, ready or delayed, another priority (0–9). Answers how many changed. */
  prioritize(ids: readonly string[], priority: number): Promise<number> {
    const { keys } = this
    return this.#redis.sluicePrioritize(keys.ready, keys.delayed, keys.pairs, this.#priorities.headStartUs, priority, ids)
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
    this.#witness.seeServerTime(ledger.auditedAtMs)
    return ledger
  }

  #admit(source: readonly (string | number)[]): Promise<[number, string[]]> {
    const { keys } = this
    return this.#remembered('admit', (reply, request) =>
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

  /**
   * Sends a command whose reply Redis remembers. As many may be unanswered as replies are remembered, so that whichever is
   * sent again after a lost connection is known again. `pairsOf` tells from an answer how many pairs it was about: none is
   * nothing that Redis could forget.
   */
  #remembered<T>(
    command: Acknowledged['command'],
    send: (reply: string, request: number) => Promise<T>,
    pairsOf: (answer: T) => number,
  ): Promise<T> {
    const request = ++this.#requests
    const slot = request % REMEMBERED_REPLIES
    const reply = this.keys.reply(command, this.options.owner, slot)
    const answer = (this.#unanswered[slot] ?? Promise.resolve()).then(async () => {
      const answered = await this.#onDisk(command, reply, () => send(reply, request), pairsOf)
      if (pairsOf(answered) > 0) this.#witness.note({ reply, request, command, pairs: pairsOf(answered) })
      return answered
    })
    this.#unanswered[slot] = answer.catch(() => undefined)
    return answer
  }

  /** A claim that is lost harms nobody. What is lost before it is on disk is sent again, as after a lost reply. */
  async #onDisk<T>(command: string, reply: string, send: () => Promise<T>, pairsOf: (answer: T) => number): Promise<T> {
    for (;;) {
      const answered = await send()
      const isSafe = this.options.durability !== 'disk' || command === 'claim' || pairsOf(answered) === 0
      if (isSafe || (await untilOnDisk(this.#redis, reply))) return answered
    }
  }
}

function troublesOf(stored: string | null): Troubles {
  if (stored === null) return NO_TROUBLES
  const [attempts = 0, refusals = 0, recoveries = 0] = stored.split(' ', 3).map(Number)
  return { attempts, refusals, recoveries }
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
