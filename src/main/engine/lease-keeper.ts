import type { Clock, HeldPair, WorkQueue } from './ports'

/** What is held of one batch. */
export interface Holding {
  /** What of it is not settled yet. */
  pairs(): readonly HeldPair[]
  /** Clock ms after which the leases are no longer prolonged, whatever the process says of itself. */
  readonly untilMs: number
  /** Called with the ids that another engine has taken over. */
  onLost(ids: readonly string[]): void
}

/**
 * 1. Prolongs the leases of what this engine holds, well before they end.
 * 2. Stops doing so for a batch that has outlived the limit of its pairs: a hung pair must not keep its lease because the
 *    process around it is alive (asynq #1089).
 * 3. Tells a batch which of its pairs it has lost.
 */
export class LeaseKeeper {
  readonly #held = new Set<Holding>()

  constructor(
    private readonly queue: Pick<WorkQueue, 'heartbeat'>,
    private readonly clock: Clock,
  ) {}

  /** Keeps the leases until the returned function is called. */
  keep(holding: Holding): () => void {
    this.#held.add(holding)
    return () => this.#held.delete(holding)
  }

  async beat(): Promise<void> {
    const alive = [...this.#held].filter((holding) => this.clock.nowMs() < holding.untilMs)
    const newest = new Map<string, HeldPair>()
    for (const pair of alive.flatMap((holding) => holding.pairs())) {
      if (pair.token > (newest.get(pair.id)?.token ?? -1)) newest.set(pair.id, pair)
    }
    if (newest.size === 0) return
    const { lost } = await this.queue.heartbeat([...newest.values()])
    const gone = new Set(lost)
    for (const holding of alive) {
      // A pair whose lease ended unnoticed may be ours again under a newer token: then the older one has lost it.
      const isLost = ({ id, token }: HeldPair) => gone.has(id) || token !== newest.get(id)?.token
      const ids = holding.pairs().filter(isLost).map(({ id }) => id)
      // What was settled while the heartbeat was on its way is not ours any more either, but nothing is wrong with it.
      if (ids.length > 0 && this.#held.has(holding)) holding.onLost(ids)
    }
  }
}
