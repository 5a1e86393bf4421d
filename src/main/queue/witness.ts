/** A command that Redis has acknowledged, and how many pairs it was about. */
export interface Acknowledged {
  /** The key of the reply that Redis remembers. */
  readonly reply: string
  readonly request: number
  readonly command: 'admit' | 'claim' | 'settle'
  readonly pairs: number
}

/** What Redis had acknowledged to this engine and knows nothing of any more. */
export interface Forgotten {
  /** Commands, of whatever kind. Nought when nothing is missing. */
  readonly commands: number
  readonly pairs: Readonly<Record<Acknowledged['command'], number>>
}

/** Redis remembers a reply for ten minutes; with less than this it is surely there. */
export const SURELY_REMEMBERED_MS = 580_000

/**
 * What an engine remembers of Redis, to notice when Redis has forgotten it.
 * 1. Notes each acknowledged command, with the newest server time that was known before it.
 * 2. Tells which of them are missing, by how many of the newest are.
 */
export class Witness {
  #newestFirst: (Acknowledged & { readonly afterMs: number })[] = []
  #serverMs = 0
  #newestToken = 0

  constructor(private readonly most: number) {}

  /** The server's own clock, Unix ms. */
  seeServerTime(serverMs: number): void {
    this.#serverMs = serverMs
  }

  seeToken(token: number): void {
    this.#newestToken = Math.max(this.#newestToken, token)
  }

  note(acknowledged: Acknowledged): void {
    this.#newestFirst = [{ ...acknowledged, afterMs: this.#serverMs }, ...this.#newestFirst].slice(0, this.most)
  }

  get newestToken(): number {
    return this.#newestToken
  }

  get newestFirst(): readonly (Acknowledged & { readonly afterMs: number })[] {
    return this.#newestFirst
  }

  /** Judges what the server answered to a look at `asked`; what is forgotten is not told again. */
  judge(asked: Witness['newestFirst'], [claims, replies]: readonly [number, number]): Forgotten {
    const gone = new Set(asked.slice(0, replies))
    this.#newestFirst = this.#newestFirst.filter((acknowledged) => !gone.has(acknowledged))
    const pairs = { admit: 0, claim: 0, settle: 0 }
    for (const { command, pairs: count } of gone) pairs[command] += count
    return { commands: Math.max(claims, replies), pairs }
  }
}
