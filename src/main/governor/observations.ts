/** What one answer tells about the quota. Times are Unix ms of the clock that permits are laid out by. */
export interface Observation {
  readonly sentMs: number
  readonly answeredMs: number
  readonly accepted: boolean
}

/** What was delivered between two moments at which the API had nothing left. */
export interface Delivery {
  readonly accepted: number
  readonly spanMs: number
}

const KEPT_MS = 60_000
const BIN_MS = 100
const KEPT_BINS_MS = 2 * 3_600_000

/**
 * What was sent and what became of it, in the order of sending, for the last minute; and the number of requests accepted
 * in each tenth of a second for as long as the longest window needs.
 */
export class Observations {
  #recent: Observation[] = []
  readonly #bins = new Map<number, number>()
  readonly #refusedBins = new Map<number, number>()

  add(observation: Observation): void {
    const { sentMs } = observation
    let at = this.#recent.length
    while (at > 0 && (this.#recent[at - 1]?.sentMs ?? 0) > sentMs) at -= 1
    this.#recent.splice(at, 0, observation)
    const bins = observation.accepted ? this.#bins : this.#refusedBins
    const bin = Math.floor(sentMs / BIN_MS)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
    this.#forget(sentMs)
  }

  /** Observations sent in [fromMs, toMs), oldest first. */
  between(fromMs: number, toMs: number): Observation[] {
    return this.#recent.slice(this.#firstFrom(fromMs), this.#firstFrom(toMs))
  }

  /**
   * From the first to the last onset of refusals among what was sent in [fromMs, toMs): an onset is a refusal that follows
   * an acceptance. At an onset the API has nothing left, so in between it accepted just what its quota gave it, to within
   * one request, by whatever law it counts. Null before there are two onsets. Of `accepted` ones the same holds: an acceptance
   * that follows a refusal is when it has just got something.
   */
  delivery(fromMs: number, toMs: number, onsetOf: 'refused' | 'accepted' = 'refused'): Delivery | null {
    const seen = this.between(fromMs, toMs)
    const isOnset = (at: number) => seen[at]?.accepted === (onsetOf === 'accepted') && seen[at - 1]?.accepted === (onsetOf !== 'accepted')
    const onsets = [...seen.keys()].filter(isOnset)
    const [first = 0, last = 0] = [onsets[0], onsets.at(-1)]
    if (last === first) return null
    const span = seen.slice(first, last)
    return {
      accepted: span.filter(({ accepted }) => accepted).length,
      spanMs: (seen[last]?.sentMs ?? 0) - (span[0]?.sentMs ?? 0),
    }
  }

  /** Requests accepted in [fromMs, toMs), to a tenth of a second. */
  acceptedBetween(fromMs: number, toMs: number): number {
    return countBetween(this.#bins, fromMs, toMs)
  }

  /** The same, of those that were refused. */
  refusedBetween(fromMs: number, toMs: number): number {
    return countBetween(this.#refusedBins, fromMs, toMs)
  }

  /** Requests per second that were accepted of what was sent in [fromMs, toMs), to a tenth of a second. */
  rateBetween(fromMs: number, toMs: number): number {
    return (this.acceptedBetween(fromMs, toMs) * 1000) / (toMs - fromMs)
  }

  /** When the newest was sent of those that were refused; null where none was of late. */
  get lastRefusedMs(): number | null {
    return this.#recent.findLast(({ accepted }) => !accepted)?.sentMs ?? null
  }

  /** The same, of those that were sent before a moment. */
  lastRefusedBefore(beforeMs: number): number | null {
    return this.#recent.findLast(({ accepted, sentMs }) => !accepted && sentMs < beforeMs)?.sentMs ?? null
  }

  /** When the first of the latest refusals in a row was sent; null where none was of late. */
  get lastOnsetMs(): number | null {
    const last = this.#recent.findLastIndex(({ accepted }) => !accepted)
    let first = last
    while (first > 0 && this.#recent[first - 1]?.accepted === false) first -= 1
    return this.#recent[first]?.sentMs ?? null
  }

  /** Requests accepted that were sent in (fromMs, toMs]: exact for the last minute, to a tenth of a second before. */
  acceptedAfter(fromMs: number, toMs: number): number {
    const oldestMs = this.#recent[0]?.sentMs ?? fromMs
    const recent = this.#recent.filter((one) => one.accepted && one.sentMs > fromMs && one.sentMs <= toMs).length
    return fromMs < oldestMs ? recent + this.acceptedBetween(fromMs, oldestMs) : recent
  }

  /** When the refusals began since which nothing was accepted, if they are so many over so long; else null. */
  solidRefusalsFromMs(count: number, spanMs: number): number | null {
    const lastAccepted = this.#recent.findLastIndex(({ accepted }) => accepted)
    const refused = this.#recent.slice(lastAccepted + 1)
    const fromMs = refused[0]?.sentMs ?? 0
    return refused.length >= count && (refused.at(-1)?.sentMs ?? 0) - fromMs >= spanMs ? fromMs : null
  }

  /** Index of the first that was sent at `fromMs` or later: there are tens of thousands at a high pace. */
  #firstFrom(fromMs: number): number {
    let [low, high] = [0, this.#recent.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#recent[middle]?.sentMs ?? 0) < fromMs) low = middle + 1
      else high = middle
    }
    return low
  }

  #forget(nowMs: number): void {
    const oldestMs = this.#recent[0]?.sentMs ?? nowMs
    if (oldestMs >= nowMs - KEPT_MS - 5000) return
    this.#recent = this.#recent.filter((one) => one.sentMs >= nowMs - KEPT_MS)
    for (const bins of [this.#bins, this.#refusedBins]) {
      for (const bin of bins.keys()) if (bin * BIN_MS < nowMs - KEPT_BINS_MS) bins.delete(bin)
    }
  }
}

function countBetween(bins: ReadonlyMap<number, number>, fromMs: number, toMs: number): number {
  let total = 0
  for (const [bin, count] of bins) if (bin * BIN_MS >= fromMs - BIN_MS / 2 && bin * BIN_MS < toMs) total += count
  return total
}

/**
 * Tells an API that minds the gap since the last accepted request (no burst) from one that counts: where the gap decides,
 * hardly any request is accepted after a gap that others were refused for. Answers the bounds of the gap in ms, or null
 * where something else decides. A few exceptions are answers still missing.
 */
export function decisiveGap(observations: readonly Observation[]): { readonly lowMs: number; readonly highMs: number } | null {
  const accepted: number[] = []
  const refused: number[] = []
  let lastAcceptedMs: number | null = null
  for (const { sentMs, accepted: wasAccepted } of observations) {
    if (lastAcceptedMs !== null) (wasAccepted ? accepted : refused).push(sentMs - lastAcceptedMs)
    if (wasAccepted) lastAcceptedMs = sentMs
  }
  if (accepted.length < 4 || refused.length < 3) return null
  const lowMs = refused.toSorted((one, other) => one - other)[Math.ceil(refused.length * 0.9) - 1] ?? 0
  const longer = accepted.filter((gapMs) => gapMs > lowMs * 1.001)
  if (longer.length < accepted.length * 0.9) return null
  return { lowMs, highMs: Math.min(...longer) }
}
