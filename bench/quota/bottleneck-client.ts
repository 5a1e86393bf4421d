import Bottleneck from 'bottleneck'
import type { Limit } from '../../src/main/simulator/quota'

/** Jobs that wait in the limiter, so that it never has none to start. */
const WAITING = 100

/**
 * Bottleneck itself, told the quota as its guide has it: `minTime` spreads the requests of the shortest limit, and a
 * reservoir that is filled again each window keeps a longer one. With several engines it stands for its Clustering, which
 * shares one limiter: the time that Redis takes for that is left out. It does not look at answers. Answers how to end it.
 */
export function startBottleneck(limits: readonly Limit[], send: () => Promise<unknown>): () => void {
  const [shortest, longer] = limits.toSorted((one, other) => one.windowMs - other.windowMs)
  if (shortest === undefined) throw new Error('Bottleneck is told no quota')
  const limiter = new Bottleneck({
    minTime: Math.ceil(shortest.windowMs / shortest.requests),
    ...(longer && {
      reservoir: longer.requests,
      reservoirRefreshAmount: longer.requests,
      reservoirRefreshInterval: longer.windowMs,
    }),
  })
  let isOver = false
  const add = () => {
    if (isOver) return
    void limiter.schedule(() => {
      add()
      return send()
    })
  }
  for (let job = 0; job < WAITING; job += 1) add()
  return () => {
    isOver = true
    void limiter.disconnect()
  }
}
