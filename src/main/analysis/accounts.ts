import type { Clock, Outcome } from '../engine/ports'
import type { ApiErrorKind } from './api-error'

/** What a key may lack leave for. */
export type Endpoint =
  | '/trader/txs/seek_by_time'
  | '/defi/multi_price'
  | '/defi/token_trending'
  | '/defi/v2/tokens/top_traders'
  | '/wallet/v2/pnl/multiple'

/** Keys that share one quota and one monthly allowance. No keys: requests go out without one. */
export interface AccountOptions {
  readonly name?: string | undefined
  readonly keys: readonly string[]
}

interface AccountsOptions {
  /** Empty for an API that wants no key. */
  readonly accounts: readonly AccountOptions[]
  readonly clock: Clock
  /** Hears in words, free of secrets, what was taken out of use and what came back. */
  onNotice(text: string): void
}

interface Key {
  /** "key 2 of account 1": what people see in place of the key. */
  readonly label: string
  readonly secret: string | null
  /** Why no request may use it. */
  refused: string | null
  /** Endpoints that its plan lacks, with the API's words. */
  readonly lacks: Map<Endpoint, string>
}

interface Account {
  readonly number: number
  readonly label: string
  readonly keys: readonly Key[]
  /** Position of the key whose turn it is. */
  turn: number
  /** Unix ms until which its allowance is taken to be spent. */
  parkedUntilMs: number | null
}

/** The key that a request goes out with. */
export interface Pass {
  readonly kind: 'pass'
  readonly account: Account
  readonly key: Key
}

type Blocked = Extract<Outcome, { kind: 'allowance-spent' | 'configuration' }>

/** An allowance is monthly; looking again this often costs one refused request each time. */
const PARK_MS = 6 * 3600 * 1000
const PRINTABLE = /^[\x21-\x7e]+$/
/** Shorter texts are no secrets, and striking them out would garble messages. */
const SHORTEST_SECRET = 8

/**
 * 1. Says which account and key serve the next request: accounts in turn, and within an account its keys in turn.
 * 2. Takes a refused key, or one endpoint of it, out of use; parks an account whose allowance is spent.
 * 3. Says in words what is left when nothing is, naming keys by position only.
 */
export class Accounts {
  readonly #accounts: readonly Account[]
  #turn = 0

  constructor(private readonly options: AccountsOptions) {
    const accounts = options.accounts.length > 0 ? options.accounts : [{ keys: [] }]
    this.#accounts = accounts.map((account, index) => accountOf(account, index + 1))
  }

  /** The pass for the next request to this endpoint, or what to tell the pair when there is none. */
  next(endpoint: Endpoint): Pass | Blocked {
    for (let tried = 0; tried < this.#accounts.length; tried++) {
      const account = this.#accounts[this.#turn++ % this.#accounts.length]
      const pass = account && this.#passOf(account, endpoint)
      if (pass) return pass
    }
    return this.#nothingLeft(endpoint)
  }

  /** The numbers of the accounts that may serve this endpoint now. */
  usable(endpoint: Endpoint): ReadonlySet<number> {
    const usable = this.#accounts.filter(
      (account) => !this.#isParked(account) && account.keys.some((key) => serves(key, endpoint)),
    )
    return new Set(usable.map(({ number }) => number))
  }

  /** The pass of one account; null when it has become unusable. */
  passOf(number: number, endpoint: Endpoint): Pass | null {
    const account = this.#accounts[number - 1]
    return account ? this.#passOf(account, endpoint) : null
  }

  /**
   * Draws the consequence of an answer that is about the key or the account and not about the pair, and answers what the
   * pair is told.
   */
  withdraw(pass: Pass, endpoint: Endpoint, kind: AccountFault, message: string): Blocked {
    const notice = this.#takeOut(pass, endpoint, kind, message)
    if (notice !== null) this.options.onNotice(notice)
    if (
      !this.#accounts.some((account) => !this.#isParked(account) && account.keys.some((key) => serves(key, endpoint)))
    ) {
      return this.#nothingLeft(endpoint)
    }
    const said = `${pass.key.label}: ${message}`
    return { kind: kind === 'allowance-spent' ? kind : 'configuration', message: said, blocked: false }
  }

  /** Puts every key and account back in use: for an operator who has mended what was wrong. */
  readmit(): void {
    for (const account of this.#accounts) {
      account.parkedUntilMs = null
      for (const key of account.keys) {
        key.refused = unusable(key.secret)
        key.lacks.clear()
      }
    }
  }

  /** The text without any of the keys, should the API or the network echo one, in whichever case. */
  redact(text: string): string {
    const secrets = this.#accounts.flatMap(({ keys }) => keys).map((key) => key.secret ?? '')
    return secrets
      .filter((secret) => secret.length >= SHORTEST_SECRET)
      .reduce((redacted, secret) => redacted.replaceAll(new RegExp(secret.replaceAll(/[^A-Za-z0-9]/g, String.raw`\$&`), 'gi'), '[key]'), text)
  }

  /** Answers what changed, in words; null when it was known already. */
  #takeOut({ account, key }: Pass, endpoint: Endpoint, kind: AccountFault, message: string): string | null {
    switch (kind) {
      case 'allowance-spent':
        if (account.parkedUntilMs !== null) return null
        account.parkedUntilMs = this.options.clock.wallMs() + PARK_MS
        return `${account.label} has spent its allowance: ${parked(account.parkedUntilMs)} (${message})`
      case 'key-refused':
        if (key.refused !== null) return null
        key.refused = message
        return `${key.label} was refused and is out of use: ${message}`
      case 'endpoint-refused':
        if (key.lacks.has(endpoint)) return null
        key.lacks.set(endpoint, message)
        return `${key.label} may not use ${endpoint} and is out of use for it: ${message}`
    }
  }

  #passOf(account: Account, endpoint: Endpoint): Pass | null {
    const key = this.#isParked(account) ? undefined : nextKey(account, endpoint)
    return key ? { kind: 'pass', account, key } : null
  }

  #isParked(account: Account): boolean {
    if (account.parkedUntilMs === null) return false
    if (this.options.clock.wallMs() < account.parkedUntilMs) return true
    account.parkedUntilMs = null
    this.options.onNotice(`${account.label} is tried again: the time it was parked for is over`)
    return false
  }

  #nothingLeft(endpoint: Endpoint): Blocked {
    const reasons = this.#accounts.flatMap((account) => whyNot(account, endpoint))
    const waits = this.#accounts.some(
      (account) => account.parkedUntilMs !== null && account.keys.some((key) => serves(key, endpoint)),
    )
    return {
      kind: waits ? 'allowance-spent' : 'configuration',
      message:
        `nothing usable is left for ${endpoint}: ${reasons.join('; ')}. ` +
        (waits
          ? 'Wait, raise the allowance, or add an account ([[birdeye.accounts]])'
          : 'Correct [birdeye] api_key or [[birdeye.accounts]] and start again'),
      blocked: true,
    }
  }
}

/** The errors that are about a key or an account. */
type AccountFault = Extract<ApiErrorKind, 'allowance-spent' | 'key-refused' | 'endpoint-refused'>

function accountOf({ name, keys }: AccountOptions, number: number): Account {
  const label = name ?? `account ${number}`
  const secrets = keys.length > 0 ? keys : [null]
  return {
    number,
    label,
    keys: secrets.map((secret, index) => ({
      label: secret === null ? `${label} without a key` : `key ${index + 1} of ${label}`,
      secret,
      refused: unusable(secret),
      lacks: new Map(),
    })),
    turn: 0,
    parkedUntilMs: null,
  }
}

/** Sending such a key would fail with an error that quotes it. */
function unusable(secret: string | null): string | null {
  return secret === null || PRINTABLE.test(secret) ? null : 'it holds characters that a header cannot carry'
}

function nextKey(account: Account, endpoint: Endpoint): Key | undefined {
  for (let tried = 0; tried < account.keys.length; tried++) {
    const key = account.keys[account.turn++ % account.keys.length]
    if (key && serves(key, endpoint)) return key
  }
  return undefined
}

function serves(key: Key, endpoint: Endpoint): boolean {
  return key.refused === null && !key.lacks.has(endpoint)
}

function whyNot(account: Account, endpoint: Endpoint): string[] {
  const refusals = account.keys.flatMap((key) => {
    const why = key.refused ?? key.lacks.get(endpoint)
    return why === undefined ? [] : [`${key.label}: ${why}`]
  })
  if (refusals.length === account.keys.length || account.parkedUntilMs === null) return refusals
  return [...refusals, `${account.label}: allowance spent, ${parked(account.parkedUntilMs)}`]
}

function parked(untilMs: number): string {
  return `parked until ${new Date(untilMs).toISOString().slice(0, 16)}Z`
}
