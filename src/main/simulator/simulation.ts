import { REFUSALS, type Answer } from './answers'
import { drawFor, normal } from './chance'
import { ENDPOINTS } from './endpoints'
import { faultFor, type DeliveryFault } from './faults'
import type { SimulatorSettings } from './options'
import { metersFor, standings, takeFromAll, type Limit, type Meter } from './quota'
import { rateHeaders, type Refusal } from './rate-headers'
import { Tally, type RequestFate, type SimulatorStats } from './tally'
import type { World } from './world'

/** What of an HTTP request the API looks at. */
export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** The `X-API-KEY` header, null where there is none. */
  readonly key: string | null
  /** The `x-chain` header. */
  readonly chain: string
}

/** What becomes of a request, and in how many ms. */
export type Verdict = Outcome & { readonly delayMs: number }

type Outcome =
  | { readonly kind: 'lost'; readonly how: LosingFault }
  | {
      readonly kind: 'answered'
      readonly how: 'whole' | Exclude<DeliveryFault, LosingFault>
      readonly answer: Answer
      readonly headers: Readonly<Record<string, string>>
    }

type LosingFault = 'reset' | 'hang'

/** Who the API counts. */
interface Account {
  readonly name: string
  meters: readonly Meter[]
  spentUnits: number
}

interface Ruling {
  readonly account: Account | null
  readonly fault: string | null
  readonly outcome: Outcome
}

const NO_KEY = '(no key)'
/** Spread of the logarithm of latencies around their median: nine of ten lie within a third of it. */
const LATENCY_SPREAD = 0.2
/** What a client is told to wait after a refusal that was injected, where no quota says how long. */
const INJECTED_RETRY_AFTER_MS = 1000

/**
 * The API without HTTP. One request goes through it like this:
 * 1. An unknown path is answered with 404.
 * 2. A key of no account is answered with 401.
 * 3. The account's quota lets it through, or it is answered with 429.
 * 4. An injected fault strikes it, or none does.
 * 5. The account's allowance covers it, or it is answered with the API's 400.
 * 6. The endpoint answers; only an accepted request spends compute units.
 * 7. It is counted, once, by what became of it.
 */
export class Simulation {
  readonly #world: World
  readonly #accounts = new Map<string, Account>()
  readonly #tally = new Tally()
  #settings: SimulatorSettings
  #requestNumber = 0

  constructor(settings: SimulatorSettings, world: World) {
    this.#settings = settings
    this.#world = world
  }

  /** `nowMs` is Unix time in milliseconds and never runs backwards. */
  decide(request: ApiRequest, nowMs: number): Verdict {
    const requestNumber = ++this.#requestNumber
    const key = request.key ?? NO_KEY
    const { account, fault, outcome } = this.#rule(request, key, requestNumber, nowMs)
    this.#tally.count({ key, account: account?.name ?? null, fault }, fateOf(outcome), nowMs)
    return { ...outcome, delayMs: this.#delayMs(requestNumber) }
  }

  /** New limits begin unused; what accounts have spent of their allowance stays spent. */
  configure(settings: SimulatorSettings, nowMs: number): void {
    if (!sameLimits(settings.limits, this.#settings.limits)) {
      for (const account of this.#accounts.values()) account.meters = metersFor(settings.limits, nowMs)
    }
    this.#settings = settings
  }

  stats(): SimulatorStats {
    return this.#tally.stats((account) => this.#accounts.get(account)?.spentUnits ?? 0)
  }

  #rule(request: ApiRequest, key: string, requestNumber: number, nowMs: number): Ruling {
    const endpoint = request.method === 'GET' ? ENDPOINTS.get(request.path) : undefined
    if (endpoint === undefined) return { account: null, fault: null, outcome: whole(REFUSALS.notFound) }
    const account = this.#accountOf(key, nowMs)
    if (account === null) return { account, fault: null, outcome: whole(REFUSALS.keyMissing) }
    const decision = takeFromAll(account.meters, nowMs)
    if (decision.kind === 'refused') {
      const headers = this.#headers(account, decision, nowMs)
      return { account, fault: null, outcome: whole(REFUSALS.tooManyRequests, headers) }
    }
    account.meters = decision.next
    const { faults, seed, allowance } = this.#settings
    const fault = faultFor(faults, { key, path: request.path }, seed, requestNumber)
    const name = fault?.name ?? null
    if (fault?.kind === 'refusal') {
      const refusal = fault.answer.status === 429 ? { retryAfterMs: INJECTED_RETRY_AFTER_MS, by: null } : null
      return { account, fault: name, outcome: whole(fault.answer, this.#headers(account, refusal, nowMs)) }
    }
    if (fault?.name === 'reset' || fault?.name === 'hang') {
      return { account, fault: name, outcome: { kind: 'lost', how: fault.name } }
    }
    const headers = this.#headers(account, null, nowMs)
    const cost = endpoint.computeUnits(request.query)
    if (allowance !== null && account.spentUnits + cost > allowance) {
      return { account, fault: null, outcome: whole(REFUSALS.allowanceSpent, headers) }
    }
    const { spentUnits } = account
    const answer = endpoint.answer({ ...request, world: this.#world, spentUnits, allowance })
    if (answer.status === 200) account.spentUnits += cost
    return { account, fault: name, outcome: { kind: 'answered', how: fault?.name ?? 'whole', answer, headers } }
  }

  #accountOf(key: string, nowMs: number): Account | null {
    const { accounts, limits } = this.#settings
    const name = accounts === null ? key : accounts.get(key)
    if (name === undefined) return null
    const known = this.#accounts.get(name)
    if (known !== undefined) return known
    const account: Account = { name, meters: metersFor(limits, nowMs), spentUnits: 0 }
    this.#accounts.set(name, account)
    return account
  }

  #headers(account: Account, refusal: Refusal | null, nowMs: number): Record<string, string> {
    const { headers } = this.#settings
    return headers === 'none' ? {} : rateHeaders(headers, standings(account.meters, nowMs), refusal, nowMs)
  }

  /** Lognormal around the median, a function of seed and request number. */
  #delayMs(requestNumber: number): number {
    const { latencyMs, seed } = this.#settings
    if (latencyMs === 0) return 0
    const deviation = normal(drawFor(seed, 'latency', requestNumber), drawFor(seed, 'spread', requestNumber))
    return latencyMs * Math.exp(LATENCY_SPREAD * deviation)
  }
}

function whole(answer: Answer, headers: Readonly<Record<string, string>> = {}): Outcome {
  return { kind: 'answered', how: 'whole', answer, headers }
}

function fateOf(outcome: Outcome): RequestFate {
  if (outcome.kind === 'lost' || outcome.how === 'truncated' || outcome.how === 'malformed') return 'failed'
  if (outcome.answer.status === 200) return 'accepted'
  return outcome.answer.status === 429 ? 'refused' : 'failed'
}

function sameLimits(some: readonly Limit[], others: readonly Limit[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others)
}
