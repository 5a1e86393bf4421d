import type { Forgotten } from '../queue/witness'
import type { Books } from './books'

/**
 * A Redis that comes back may have an older state than the one that it acknowledged: that is said, never passed over.
 * Answers the function that ends the watch.
 */
export function watchForLostWrites({ connection, queue }: Books, say: (text: string) => void): () => void {
  return connection.subscribe((state) => {
    if (state.kind !== 'ready') return
    void queue.forgotten().then(
      (forgotten) => {
        if (forgotten.commands > 0) say(lostWrites(forgotten))
      },
      () => {
        // Lost again: the next time that it is ready tells.
      },
    )
  })
}

/** In words: what is gone, what comes of that by itself, what does not, and how to rule it out. */
export function lostWrites({ commands, pairs }: Forgotten): string {
  const settled = pairs.settle > 0 ? [`${count(pairs.settle, 'pair')} settled`] : []
  const lent = pairs.claim > 0 ? [`${count(pairs.claim, 'pair')} lent`] : []
  const handedIn = pairs.admit > 0 ? [`${count(pairs.admit, 'entry', 'entries')} handed in`] : []
  const known = [...settled, ...lent, ...handedIn].join(', ')
  return [
    `Redis came back with an older state: the last ${count(commands, 'command')} that it had acknowledged to this engine`,
    `${known ? ` (${known})` : ''} ${commands === 1 ? 'is' : 'are'} not in it. Those pairs are worked again by themselves;`,
    ' what was handed in during the last second before it went must be handed in again.',
    ' "appendfsync always" in redis.conf rules that out, as does [redis] durability = "disk" from Redis 7.2 on',
  ].join('')
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
