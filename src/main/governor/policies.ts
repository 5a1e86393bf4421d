import { sustainedPerSecond, type Limit } from './limit'

/** Endpoints may have limits of their own, and tell of them in turn. */
const ACCEPTED_KEPT_MS = 5000
/** A limit that only refusals tell of is remembered for so many of its windows, and at least so long. */
const KEPT_WINDOWS = 10
const REFUSED_KEPT_MS = 600_000

/** Waits are told in whole seconds, rounded up. */
const WHOLE_SECOND_MS = 1000

interface Heard {
  readonly limit: Limit
  readonly byAccepted: boolean
  readonly untilMs: number
}

/**
 * The limits that answers have told of. Where an API has several limiters one after the other, an answer tells of the last
 * that it passed: accepted ones of one limiter, refused ones of the one that refused. All of them count.
 */
export class Policies {
  #heard: readonly Heard[] = []

  hear(limits: readonly Limit[], accepted: boolean, nowMs: number): void {
    const isHeardNow = ({ limit }: Heard) => limits.some(({ requests, windowMs }) => requests === limit.requests && windowMs === limit.windowMs)
    const news = limits.map((limit): Heard => {
      const keptMs = accepted ? ACCEPTED_KEPT_MS : Math.max(REFUSED_KEPT_MS, KEPT_WINDOWS * limit.windowMs)
      return { limit, byAccepted: accepted, untilMs: nowMs + keptMs }
    })
    this.#heard = [...this.#heard.filter((one) => one.untilMs >= nowMs && !(isHeardNow(one) && (accepted || !one.byAccepted))), ...news]
  }

  /** Whether one of the windows is as long as everything was refused: then no other is behind it. */
  explains(refusedForMs: number): boolean {
    return this.#heard.some(({ limit }) => limit.windowMs + WHOLE_SECOND_MS >= refusedForMs)
  }

  /** What all of them let through in the long run, requests per second; null where nothing was told. Of one window the accepted tell. */
  get sustainedPerSecond(): number | null {
    const accepted = this.#heard.filter(({ byAccepted }) => byAccepted).map(({ limit }) => limit)
    const refused = this.#heard.filter(({ byAccepted }) => !byAccepted).map(({ limit }) => limit)
    const others = refused.filter(({ windowMs }) => accepted.every((one) => one.windowMs !== windowMs))
    return sustainedPerSecond([...accepted, ...others])
  }
}
