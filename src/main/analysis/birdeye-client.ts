import type { z } from 'zod'
import type { Clock, Effort, Leave, Outcome, Permits } from '../engine/ports'
import type { Accounts, Endpoint, Pass } from './accounts'
import { readAnswer, type Answer } from './answer'
import { computeUnitsOf, type Budget } from './compute-units'
import { httpGet } from './http-get'

/** Why a request brought nothing: an outcome for the pair that asked. */
export type Fault = Extract<
  Outcome,
  { kind: 'rate-limited' | 'transient' | 'permanent' | 'allowance-spent' | 'configuration' }
>

export type Reply<T> = { readonly kind: 'data'; readonly data: T } | Fault

/**
 * Two events for each request, for counters and charts: `sent`, then how it ended. `refused` means by a rate limit;
 * `failed` is every other error, an aborted request included. `account` counts from 1.
 */
export type RequestEvent =
  | { readonly kind: 'sent'; readonly endpoint: Endpoint; readonly account: number }
  | {
      readonly kind: 'accepted' | 'refused' | 'failed'
      readonly endpoint: Endpoint
      readonly account: number
      /** HTTP status, null when there was no answer. */
      readonly status: number | null
      readonly durationMs: number
    }

export interface Query<T> {
  readonly endpoint: Endpoint
  readonly chain: string
  readonly parameters: Readonly<Record<string, string>>
  /** Of the answer's `data`, in which every number is its text. */
  readonly data: z.ZodType<T>
}

interface ClientOptions {
  readonly baseUrl: string
  readonly accounts: Accounts
  readonly requestTimeoutMs: number
  readonly clock: Clock
  /** Without one, requests go out as they come. */
  readonly governor?: Governor
  /** Without one, nothing limits what is spent. */
  readonly budget?: Budget
  onRequest(event: RequestEvent): void
}

/** Who paces the requests. */
export interface Governor {
  /** Who is asked before each request; null while requests go out as they come. */
  permits(): Permits | null
  /** How long a pair waits for leave before it goes back to the front of the queue. */
  readonly patienceMs: number
}

interface Passage {
  readonly kind: 'passage'
  readonly pass: Pass
  readonly leave: Leave | null
}

type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; header(name: string): string | null }
  | { readonly kind: 'failed'; readonly status: number | null; readonly message: string }

/** Forty times the largest page seen; a pair in flight never holds more. */
const MAX_BODY_BYTES = 8 * 1024 * 1024
/** Refusals of one request after which its pair goes back to the queue. */
const MOST_REFUSALS = 20

/**
 * 1. Sends one GET with the key whose turn it is, under a time limit; where a governor paces, with its leave, and again
 *    after a refusal.
 * 2. Turns every answer, and the lack of one, into data or a fault.
 * 3. Tells the accounts what concerns them, and the listener how each request ended.
 */
export class BirdeyeClient {
  constructor(private readonly options: ClientOptions) {}

  /** Never rejects but with the signal's reason, when that is aborted. What it cost is added to `effort`. */
  async get<T>(query: Query<T>, signal: AbortSignal, effort?: Effort): Promise<Reply<T>> {
    const refusedBefore = effort?.refused ?? 0
    for (let refusals = 0; ; refusals++) {
      signal.throwIfAborted()
      const passage = await this.#passage(query.endpoint, signal, effort)
      if (passage.kind !== 'passage') return passage
      const units = computeUnitsOf(query.endpoint, query.parameters)
      if (this.options.budget?.charge(units) === false) {
        return { kind: 'allowance-spent', message: this.options.budget.message, blocked: true }
      }
      const reply = await this.#send(query, passage, signal)
      if (reply.kind !== 'data') this.options.budget?.giveBack(units)
      if (effort) effort.requests += 1
      if (effort && reply.kind === 'rate-limited') effort.refused = refusedBefore + refusals + 1
      // What was fetched for the pair so far is not to be paid for twice: while the governor paces, it is asked again.
      if (reply.kind !== 'rate-limited' || passage.leave === null || refusals === MOST_REFUSALS) return reply
    }
  }

  async #passage(endpoint: Endpoint, signal: AbortSignal, effort?: Effort): Promise<Passage | Fault> {
    const { accounts, clock, governor } = this.options
    for (;;) {
      const permits = governor?.permits() ?? null
      const usable = accounts.usable(endpoint)
      if (governor === undefined || permits === null || usable.size === 0) {
        const pass = accounts.next(endpoint)
        return pass.kind === 'pass' ? { kind: 'passage', pass, leave: null } : pass
      }
      const askedMs = clock.nowMs()
      const leave = await permits.acquire(endpoint, usable, governor.patienceMs, signal)
      if (effort) effort.waitedMs += clock.nowMs() - askedMs
      if (leave.account === null) {
        const message = `no leave to send within ${governor.patienceMs / 1000} s: ${leave.why}`
        return { kind: 'rate-limited', message, retryAfterMs: leave.retryAfterMs }
      }
      // It may have been taken out of use while we waited.
      const pass = accounts.passOf(leave.account, endpoint)
      if (pass !== null) return { kind: 'passage', pass, leave }
    }
  }

  async #send<T>(query: Query<T>, { pass, leave }: Passage, signal: AbortSignal): Promise<Reply<T>> {
    const { clock, onRequest } = this.options
    const about = { endpoint: query.endpoint, account: pass.account.number }
    const sentMs = clock.nowMs()
    onRequest({ kind: 'sent', ...about })
    const exchange = await this.#exchange(query, pass, signal)
    const answeredMs = clock.nowMs()
    const reply = signal.aborted ? null : this.#replyOf(query, pass, exchange)
    if (exchange.kind === 'answered') {
      const refused = exchange.status === 429 || reply?.kind === 'rate-limited'
      leave?.report({ sentMs, answeredMs, refused, header: exchange.header })
    }
    onRequest({ kind: endOf(reply), ...about, status: exchange.status, durationMs: answeredMs - sentMs })
    if (reply === null) throw signal.reason
    return reply
  }

  async #exchange<T>(query: Query<T>, pass: Pass, signal: AbortSignal): Promise<Exchange> {
    const { baseUrl, requestTimeoutMs, clock } = this.options
    const limit = timeLimit(requestTimeoutMs, clock, signal)
    let status: number | null = null
    try {
      const { body, ...answer } = await httpGet(urlOf(baseUrl, query), {
        headers: {
          accept: 'application/json',
          'x-chain': query.chain,
          ...(pass.key.secret === null ? {} : { 'X-API-KEY': pass.key.secret }),
        },
        maxBodyBytes: MAX_BODY_BYTES,
        signal: limit.signal,
        onStatus: (known) => (status = known),
      })
      if (body === null) return { kind: 'failed', status, message: `the answer is longer than ${MAX_BODY_BYTES} bytes` }
      return { kind: 'answered', body, ...answer }
    } catch (error) {
      const message = limit.isOver()
        ? `no complete answer within ${requestTimeoutMs / 1000} s (setting [birdeye] request_timeout_seconds)`
        : `no complete answer from ${new URL(baseUrl).host} (${causeOf(error)}); is [birdeye] api_base_url reachable?`
      return { kind: 'failed', status, message }
    } finally {
      limit.end()
    }
  }

  #replyOf<T>(query: Query<T>, pass: Pass, exchange: Exchange): Reply<T> {
    const { accounts } = this.options
    const answer: Answer<T> =
      exchange.kind === 'failed'
        ? { kind: 'transient', message: accounts.redact(exchange.message) }
        : readAnswer(exchange.status, exchange.body, query.data, (text) => accounts.redact(text))
    if (answer.kind === 'data') return answer
    const message = `${answer.message} (GET ${query.endpoint})`
    switch (answer.kind) {
      case 'rate-limited':
      case 'transient':
      case 'permanent':
        return { kind: answer.kind, message }
      case 'allowance-spent':
      case 'key-refused':
      case 'endpoint-refused':
        return accounts.withdraw(pass, query.endpoint, answer.kind, message)
    }
  }
}

function endOf(reply: Reply<unknown> | null): 'accepted' | 'refused' | 'failed' {
  if (reply?.kind === 'data') return 'accepted'
  return reply?.kind === 'rate-limited' ? 'refused' : 'failed'
}

function urlOf(baseUrl: string, { endpoint, parameters }: Query<unknown>): string {
  return `${baseUrl.replace(/\/+$/, '')}${endpoint}?${new URLSearchParams(parameters)}`
}

/** A signal that aborts with `outer` or after `limitMs`, whichever is first; `end` lets go of both. */
function timeLimit(limitMs: number, clock: Clock, outer: AbortSignal) {
  const abort = new AbortController()
  let over = false
  const follow = () => abort.abort(outer.reason)
  outer.addEventListener('abort', follow)
  const callOff = clock.after(limitMs, () => {
    over = true
    abort.abort()
  })
  const end = () => {
    outer.removeEventListener('abort', follow)
    callOff()
  }
  return { signal: abort.signal, isOver: () => over, end }
}

/** Its code beside its words: of several addresses that were tried in vain there is the code alone. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  return [code, error.message].filter((part) => part !== '').join(': ')
}
