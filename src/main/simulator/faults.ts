import { drawFor } from './chance'
import { REFUSALS, type Answer } from './answers'

/**
 * Faults that strike requests, written as one line of text:
 *
 *     spec   = [ rule *( "," rule ) ]            an empty spec means no faults
 *     rule   = fault [ "=" share ] *( "@" target )
 *     share  = 0 … 1, the share of requests that it strikes; 1 when left out
 *     target = an API key, or, beginning with "/", the path of an endpoint; a rule strikes where all its targets fit
 *     fault  = a name of the lists below, or "seed-mix"
 *
 * For example `reset=0.01,500=0.02,hang=0.001,malformed=0.01,403@key2,suspended@key1@/defi/multi_price`.
 *
 * Faults strike what the quota let through. One request is struck by one fault at most: the shares of the rules that
 * fit it are laid end to end in written order, and the seed and the request's number choose a point on that line.
 */
export const FAULT_SYNTAX = 'fault[=share][@key][@/path], separated by commas, for example reset=0.01,500=0.02,403@key2'

/** Faults that are a plain refusal of the API: every row of its error table. */
const REFUSAL_FAULTS = {
  '429': REFUSALS.tooManyRequests,
  allowance: REFUSALS.allowanceSpent,
  '401': REFUSALS.keyMissing,
  suspended: REFUSALS.keySuspended,
  '403': REFUSALS.accessDenied,
  '400': REFUSALS.badParameter,
  format: REFUSALS.badAddress,
  '404': REFUSALS.notFound,
  '422': REFUSALS.invalidData,
  '500': REFUSALS.serverError,
  '503': REFUSALS.unavailable,
  '555': REFUSALS.unknownError,
} as const satisfies Record<string, Answer>

/**
 * Faults of the way back: the connection is reset, no answer ever comes, the connection ends in the middle of the body,
 * the body is whole and no JSON, the body comes in drops.
 */
const DELIVERY_FAULTS = ['reset', 'hang', 'truncated', 'malformed', 'slow'] as const
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number]

/**
 * What the seed's log shows of 20 requests, without a quota: 13 succeed, 5 are rate limited, 2 fail for good.
 * "Parallel batch completed: 13/20 successful, 5 rate-limited (retrying), 2 permanently failed".
 */
const SEED_MIX = [
  { name: '429', share: 0.25 },
  { name: '422', share: 0.1 },
] as const

export type Fault =
  | { readonly kind: 'refusal'; readonly name: string; readonly answer: Answer }
  | { readonly kind: 'delivery'; readonly name: DeliveryFault }

export interface FaultRule {
  readonly fault: Fault
  readonly share: number
  /** API keys and endpoint paths that must all fit. */
  readonly targets: readonly string[]
}

/** Reads a spec. Throws an Error that names the part, its value and what is allowed. */
export function parseFaults(spec: string): FaultRule[] {
  if (spec.trim() === '') return []
  const rules = spec.split(',').flatMap((part) => parseRule(part.trim()))
  const everywhere = rules.filter((rule) => rule.targets.length === 0)
  const total = everywhere.reduce((sum, rule) => sum + rule.share, 0)
  if (total > 1 + 1e-9) {
    const shares = everywhere.map((rule) => `${rule.fault.name}=${rule.share}`).join(',')
    throw new Error(`the shares of ${shares} add up to ${Number(total.toFixed(6))}; allowed is at most 1 in all`)
  }
  return rules
}

/** The fault that strikes this request, or null. The same seed and number always give the same. */
export function faultFor(
  rules: readonly FaultRule[],
  request: { readonly key: string; readonly path: string },
  seed: number,
  requestNumber: number,
): Fault | null {
  if (rules.length === 0) return null
  let left = drawFor(seed, 'fault', requestNumber)
  for (const rule of rules) {
    if (!rule.targets.every((target) => target === (target.startsWith('/') ? request.path : request.key))) continue
    if (left < rule.share) return rule.fault
    left -= rule.share
  }
  return null
}

function parseRule(part: string): FaultRule[] {
  const [head = '', ...targets] = part.split('@').map((piece) => piece.trim())
  const [name = '', shareText] = head.split(/=(.*)/s).map((piece) => piece.trim())
  if (targets.includes('')) throw new Error(`"${part}" has an empty target; allowed after @ is an API key or a /path`)
  const share = shareText === undefined ? 1 : parseShare(part, shareText)
  if (name === 'seed-mix') {
    return SEED_MIX.map((item) => ({ fault: faultNamed(item.name), share: item.share * share, targets }))
  }
  return [{ fault: faultNamed(name), share, targets }]
}

function parseShare(part: string, text: string): number {
  const share = Number(text)
  if (text === '' || !(share >= 0 && share <= 1)) {
    throw new Error(`"${part}" has the share "${text}"; allowed is a number from 0 to 1`)
  }
  return share
}

function faultNamed(name: string): Fault {
  const delivery = DELIVERY_FAULTS.find((known) => known === name)
  if (delivery !== undefined) return { kind: 'delivery', name: delivery }
  const refusal = Object.entries(REFUSAL_FAULTS).find(([known]) => known === name)
  if (refusal !== undefined) return { kind: 'refusal', name, answer: refusal[1] }
  const names = [...Object.keys(REFUSAL_FAULTS), ...DELIVERY_FAULTS, 'seed-mix'].join(', ')
  throw new Error(`"${name}" is not a fault; allowed are ${names}`)
}
