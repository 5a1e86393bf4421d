import type { Redis } from 'ioredis'
import { untilOnDisk } from './disk-wait'
import type { QueueKeys } from './keys'
import { SURELY_REMEMBERED_MS, Witness, type Acknowledged, type Forgotten } from './witness'

/** Commands that one owner may have under way at once, each of which can be sent again. */
const REMEMBERED_REPLIES = 64

interface RememberedOptions {
  readonly redis: Redis
  readonly keys: Pick<QueueKeys, 'reply' | 'sequences'>
  readonly owner: string
  readonly durability: 'server' | 'disk'
}

/**
 * 1. Sends commands whose replies Redis remembers: one that is sent again after a lost reply bears the same request id.
 * 2. Has no more of them under way than replies are remembered, so that each of them is known again.
 * 3. Waits for the disk where that is asked for.
 * 4. Notes what was acknowledged, and tells what of it Redis has forgotten.
 */
export class RememberedCommands {
  /** No more: of two replies in a slot, Redis remembers the newer. */
  readonly witness = new Witness(REMEMBERED_REPLIES)
  readonly #unanswered: Promise<unknown>[] = []
  #requests = 0

  constructor(private readonly options: RememberedOptions) {}

  /** Sends it, waits and notes. `pairsOf` tells from an answer how many pairs it was about: none is nothing that Redis could forget. */
  send<T>(
    command: Acknowledged['command'],
    send: (reply: string, request: number) => Promise<T>,
    pairsOf: (answer: T) => number,
  ): Promise<T> {
    return this.answeredOnce(command, async (reply, request) => {
      const answered = await this.#onDisk(command, reply, () => send(reply, request), pairsOf)
      if (pairsOf(answered) > 0) this.witness.note({ reply, request, command, pairs: pairsOf(answered) })
      return answered
    })
  }

  /** Only sends it: what moves pairs about that are in the books already. */
  answeredOnce<T>(command: string, send: (reply: string, request: number) => Promise<T>): Promise<T> {
    const request = ++this.#requests
    const slot = request % REMEMBERED_REPLIES
    const reply = this.options.keys.reply(command, this.options.owner, slot)
    const answer = (this.#unanswered[slot] ?? Promise.resolve()).then(() => send(reply, request))
    this.#unanswered[slot] = answer.catch(() => undefined)
    return answer
  }

  /**
   * What Redis had acknowledged and knows nothing of any more: nothing, unless it came back with an older state, as it may
   * after a power failure. Does not tell the same twice.
   */
  async forgotten(): Promise<Forgotten> {
    const { redis, keys } = this.options
    const asked = this.witness.newestFirst
    const missing = await redis.sluiceWitness(
      1 + asked.length,
      keys.sequences,
      asked.map(({ reply }) => reply),
      this.witness.newestToken,
      SURELY_REMEMBERED_MS,
      asked.flatMap(({ request, afterMs }) => [request, afterMs]),
    )
    return this.witness.judge(asked, missing)
  }

  /** A claim that is lost harms nobody. What is lost before it is on disk is sent again, as after a lost reply. */
  async #onDisk<T>(command: string, reply: string, send: () => Promise<T>, pairsOf: (answer: T) => number): Promise<T> {
    for (;;) {
      const answered = await send()
      const isSafe = this.options.durability !== 'disk' || command === 'claim' || pairsOf(answered) === 0
      if (isSafe || (await untilOnDisk(this.options.redis, reply))) return answered
    }
  }
}
