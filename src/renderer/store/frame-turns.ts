/** Draws, and answers whether there was anything to draw. */
type Turn = () => boolean

/**
 * Hands each animation frame to one turn alone, whoever asked first: what is drawn in one go holds up keys and pointer, and where
 * other work shares the cores it takes several times as long. A turn that has nothing to draw costs no frame.
 */
export class FrameTurns {
  #waiting: Turn[] = []
  #isScheduled = false

  /** `afterNextFrame` runs a task once the next frame has been drawn; not while the window is not drawn at all. */
  constructor(private readonly afterNextFrame: (task: () => void) => void) {}

  /** Gives a turn; what it answers calls that off. */
  take(turn: Turn): () => void {
    this.#waiting.push(turn)
    this.#schedule()
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== turn)
    }
  }

  /** Gives a turn ahead of all who wait. */
  takeFirst(turn: Turn): void {
    this.#waiting.unshift(turn)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.afterNextFrame(() => {
      this.#isScheduled = false
      try {
        while (this.#waiting.shift()?.() === false);
      } finally {
        if (this.#waiting.length > 0) this.#schedule()
      }
    })
  }
}
