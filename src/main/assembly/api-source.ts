import { DEFAULT_API_BASE_URL, type Config } from '../../shared/config'
import type { DemoApi } from '../operator/ports'
import { startSimulator, type Simulator } from '../simulator/simulator'
import { DEMO_KNOBS, type SimulatorKnobs } from '../../shared/simulator-knobs'
import { accountsOf, type Account } from '../settings/accounts'

/** Which API is called, and what is known of its quota. */
export interface ApiSource {
  readonly baseUrl: string
  /** By which its accounts are told from those of other APIs, also after a restart. */
  readonly identity: string
  readonly accounts: readonly Account[]
  readonly demo: boolean
  /** Its knobs, where it is the demo's. */
  readonly demoApi: DemoApi | null
  /** In words fit for the screen; never holds a key, nor a plan: another can be in force by now. */
  readonly name: string
  /** Requests per second that the demo's API lets through, whatever is said of it; null of any other. */
  readonly quotaPerSecond: number | null
  close(): Promise<void>
}

/** Rare mishaps, as an operator meets them, whatever the knobs say. */
const MISHAPS = '500=0.004,reset=0.002'
const DEMO_API = { headers: 'x' } as const

/** Whether nothing says which API to call: then the demo is what a new user gets. */
export function isApiConfigured({ birdeye }: Config): boolean {
  return birdeye.api_base_url !== undefined || birdeye.api_key !== undefined || birdeye.accounts.length > 0
}

export function configuredApi(config: Config): ApiSource {
  const baseUrl = config.birdeye.api_base_url ?? DEFAULT_API_BASE_URL
  const accounts = accountsOf(config)
  const keys = accounts.reduce((sum, account) => sum + account.keys.length, 0)
  const host = baseUrl === DEFAULT_API_BASE_URL ? 'BirdEye' : new URL(baseUrl).host
  const keyCount = keys === 0 ? 'no key' : keys === 1 ? '1 key' : `${keys} keys`
  return {
    baseUrl,
    identity: new URL(baseUrl).origin,
    accounts,
    demo: false,
    demoApi: null,
    name: `${host} · ${keyCount}`,
    quotaPerSecond: null,
    close: async () => {},
  }
}

/** Requests per second that the configured accounts allow together; null where it is not known of each. */
export function configuredQuota(config: Config): number | null {
  return quotaOf(accountsOf(config))
}

/** A simulator in this process. */
export async function demoApi(): Promise<ApiSource> {
  const simulator = await startSimulator({ ...DEMO_API, ...optionsOf(DEMO_KNOBS) })
  const knobs = knobsOf(simulator)
  return {
    baseUrl: simulator.url,
    identity: 'demo',
    accounts: [],
    demo: true,
    demoApi: knobs,
    name: 'built-in simulator',
    get quotaPerSecond() {
      return knobs.read().requestsPerSecond
    },
    close: () => simulator.close(),
  }
}

function knobsOf(simulator: Simulator): DemoApi {
  let inForce = DEMO_KNOBS
  return {
    read: () => inForce,
    turn: (knobs) => {
      simulator.configure(optionsOf(knobs))
      inForce = knobs
      return inForce
    },
  }
}

function optionsOf({ requestsPerSecond, latencyMs, errorPercent }: SimulatorKnobs) {
  return { rps: requestsPerSecond, latencyMs, faults: errorPercent === 0 ? MISHAPS : `500=${errorPercent / 100},reset=0.002` }
}

/** The sum over the accounts of what their tightest limit lets through in the long run. */
function quotaOf(accounts: readonly Account[]): number | null {
  let total = 0
  for (const { limits } of accounts) {
    if (limits === null) return null
    const whole = limits.filter(({ endpoints }) => endpoints === undefined)
    if (whole.length === 0) return null
    total += Math.min(...whole.map(({ requests, windowSeconds }) => requests / windowSeconds))
  }
  return accounts.length === 0 ? null : total
}
