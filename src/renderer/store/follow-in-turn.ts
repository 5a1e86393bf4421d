import type { ConsoleStore } from './console-store'
import type { FrameTurns } from './frame-turns'

/**
 * Takes a turn now and for each new picture, however many come until it is there; those that draw the same `what` share it.
 * Answers the function that ends it.
 */
export function followInTurn(store: ConsoleStore, turns: FrameTurns, draw: () => boolean, what: unknown): () => void {
  let callOff: (() => void) | null = null
  const follow = () => {
    callOff ??= turns.take(() => {
      callOff = null
      return draw()
    }, what)
  }
  follow()
  const unsubscribe = store.subscribe(({ picture }, before) => {
    if (picture !== before.picture) follow()
  })
  return () => {
    unsubscribe()
    callOff?.()
  }
}
