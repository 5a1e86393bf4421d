import type { Limit } from '../../src/main/simulator/quota'
import { sustainedPerMs } from './capacity'

/** A quota as a peer is told it that knows one limit only: so many requests in so many ms. */
export interface Told {
  readonly requests: number
  readonly windowMs: number
}

/**
 * The one limit that keeps all of these: the requests of the shortest in the time that the tightest wants for them, so that
 * 50/s and 1000/min become 50 in 3 s. Where the API takes no burst, one request in its share of the time.
 */
export function toldAsOne(limits: readonly Limit[]): Told {
  const [shortest] = limits.toSorted((one, other) => one.windowMs - other.windowMs)
  const requests = shortest === undefined || shortest.burst < shortest.requests ? 1 : shortest.requests
  return { requests, windowMs: Math.ceil(requests / sustainedPerMs(limits)) }
}
