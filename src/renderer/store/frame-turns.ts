/** Draws, and answers whether there was anything to draw. */
type Turn = () => boolean

interface Waiting {
  readonly turn: Turn
  readonly what: unknown
}

/**
 * Hands each animation frame to one turn alone, whoever asked first: what is drawn in one go holds up keys and pointer, and where
 * other work shares the cores it takes several times as long. A turn that has nothing to draw costs no frame.
 */
export class FrameTurns {
  #waiting: Waiting[] = []
  #urgent: Turn | null = null
  #wasUrgent = false
  #isScheduled = false

  /** `afterNextFrame` runs a task once the next frame has been drawn; not while the window is not drawn at all. */
  constructor(private readonly afterNextFrame: (task: () => void) => void) {}

  /** Gives a turn; what it answers calls that off. Turns for the same `what` are one: they show the same thing. */
  take(turn: Turn, what: unknown = turn): () => void {
    const waiting = { turn, what }
    this.#waiting.push(waiting)
    this.#schedule()
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== waiting)
    }
  }

  /** Gives a turn ahead of all who wait, though not twice in a row: where frames are few, the others would never come. One at a time. */
  takeFirst(turn: Turn): void {
    this.#urgent = turn
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.afterNextFrame(() => {
      this.#isScheduled = false
      try {
        this.#draw()
      } finally {
        if (this.#urgent !== null || this.#waiting.length > 0) this.#schedule()
      }
    })
  }

  #draw(): void {
    if (!this.#wasUrgent && this.#drawUrgent()) return
    this.#wasUrgent = false
    if (!this.#drawNext()) this.#drawUrgent()
  }

  #drawUrgent(): boolean {
    const turn = this.#urgent
    this.#urgent = null
    this.#wasUrgent = turn?.() ?? false
    return this.#wasUrgent
  }

  #drawNext(): boolean {
    // Who asks again meanwhile waits for another frame.
    for (let left = this.#waiting.length; left > 0; left -= 1) {
      const next = this.#waiting.shift()
      if (next?.turn()) {
        const others = this.#waiting.filter(({ what }) => what === next.what)
        this.#waiting = this.#waiting.filter(({ what }) => what !== next.what)
        for (const { turn } of others) turn()
        return true
      }
    }
    return false
  }
}
