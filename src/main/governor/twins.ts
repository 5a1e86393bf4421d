/** What became of one request of an account, as this engine saw it. Times by one clock, ms. */
export interface Sighting {
  readonly account: number
  readonly sentMs: number
  readonly accepted: boolean
  /** It was part of a probe. */
  readonly inTrain: boolean
}

/** So long after a probe its own account may be refused for it. */
const PROBED_MS = 1500
/** Refusals of two accounts that are so close fall together. */
const TOGETHER_MS = 700
/** Refusals of one account that are so close are one episode. */
const EPISODE_MS = 1500
/** While quotas are searched for, all accounts are refused a lot, and at the same time. */
const LEARNING_MS = 45_000
const KEPT_MS = 15 * 60_000
const LEAST_EPISODES = 12
/** An outage of the API is felt by all accounts, but not for so long. */
const LEAST_SPAN_MS = 90_000
/** The chance that episodes of accounts which have nothing in common fall together as often as these do. */
const SURE = 1e-6
const LEAST_CHANCE = 0.03

interface Seen {
  readonly sinceMs: number
  probedMs: number
  /** Requests refused, and episodes of that, outside of its own probes. */
  readonly refusedMs: number[]
  readonly episodesMs: number[]
  /** Moments at which something was accepted: how often those fall together with refusals of the other is chance. */
  readonly acceptedMs: number[]
}

/**
 * Notices that two accounts are one. An account that goes below its own quota is refused hardly ever but for its own
 * probes, and then at no particular moment. Two that share a quota are both refused when it is used up: together, far more
 * often than by chance.
 */
export class TwinWatch {
  readonly #seen = new Map<number, Seen>()

  /** Answers the account that this one is the same as, when that has become certain; else null. */
  sight({ account, sentMs, accepted, inTrain }: Sighting): number | null {
    const seen = this.#of(account, sentMs)
    if (inTrain) seen.probedMs = sentMs
    if (sentMs - seen.sinceMs < LEARNING_MS) return null
    if (accepted) {
      if (sentMs - (seen.acceptedMs.at(-1) ?? -Infinity) >= TOGETHER_MS) seen.acceptedMs.push(sentMs)
      return null
    }
    if (sentMs - seen.probedMs < PROBED_MS) return null
    seen.refusedMs.push(sentMs)
    if (sentMs - (seen.episodesMs.at(-1) ?? -Infinity) < EPISODE_MS) return null
    seen.episodesMs.push(sentMs)
    this.#forget(sentMs - KEPT_MS)
    return [...this.#seen].find(([other, theirs]) => other !== account && areOne(seen, theirs))?.[0] ?? null
  }

  #of(account: number, nowMs: number): Seen {
    const known = this.#seen.get(account)
    if (known) return known
    const seen: Seen = { sinceMs: nowMs, probedMs: -Infinity, refusedMs: [], episodesMs: [], acceptedMs: [] }
    this.#seen.set(account, seen)
    return seen
  }

  #forget(beforeMs: number): void {
    for (const { refusedMs, episodesMs, acceptedMs } of this.#seen.values()) {
      for (const times of [refusedMs, episodesMs, acceptedMs]) while ((times[0] ?? Infinity) < beforeMs) times.shift()
    }
  }
}

function areOne(one: Seen, other: Seen): boolean {
  const episodes = one.episodesMs.length + other.episodesMs.length
  const spanMs = (one.episodesMs.at(-1) ?? 0) - Math.max(one.episodesMs[0] ?? 0, other.episodesMs[0] ?? 0)
  if (episodes < LEAST_EPISODES || spanMs < LEAST_SPAN_MS) return false
  const both = together(one.episodesMs, other.refusedMs) + together(other.episodesMs, one.refusedMs)
  const moments = one.acceptedMs.length + other.acceptedMs.length
  const byChance = together(one.acceptedMs, other.refusedMs) + together(other.acceptedMs, one.refusedMs)
  const chance = Math.max(LEAST_CHANCE, byChance / Math.max(1, moments))
  return chance < 1 && tail(both, episodes, chance) < SURE
}

/** How many of these moments have one of the others beside them. Both ascend. */
function together(timesMs: readonly number[], othersMs: readonly number[]): number {
  let [count, next] = [0, 0]
  for (const atMs of timesMs) {
    while ((othersMs[next] ?? Infinity) < atMs - TOGETHER_MS) next += 1
    if ((othersMs[next] ?? Infinity) <= atMs + TOGETHER_MS) count += 1
  }
  return count
}

/** The chance of `hits` or more out of `tries`, each with the chance `each`: the binomial distribution's tail. */
function tail(hits: number, tries: number, each: number): number {
  let [term, sum] = [(1 - each) ** tries, 0]
  for (let i = 0; i <= tries; i += 1) {
    if (i >= hits) sum += term
    term *= ((tries - i) / (i + 1)) * (each / (1 - each))
  }
  return sum
}
