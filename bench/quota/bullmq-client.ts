import type { Agenda } from './agenda'
import type { Told } from './told'
import type { VirtualApi } from './virtual-api'

/** As its guide recommends for work that waits for others. */
const CONCURRENCY = 100
const REDIS_MS = 1
/** How late a timer of Node fires, as a rule. */
const TIMER_LATE_MS = 1

/**
 * A model of BullMQ's limiter, which is Lua in a Redis of real time; `npm run bench:quota -- --real` runs BullMQ itself.
 * From `prepareJobForProcessing.lua`, `getRateLimitTTL.lua` and `worker.js` of BullMQ 6.7: all workers share one counter; the first job
 * after it is gone opens a window of `duration`, `max` jobs start in it, one fetch after the other; then a worker sleeps
 * until the counter expires. A refusal that says how long sets the counter for that time, as its guide has it ("manual
 * rate-limit").
 */
export function startBullModel(api: VirtualApi, agenda: Agenda, { requests, windowMs }: Told, workers: number): void {
  const counter = { jobs: 0, expiresMs: 0 }
  for (let worker = 0; worker < workers; worker += 1) startWorker(worker)

  function startWorker(number: number): void {
    let [inHand, isFetching] = [0, false]
    const finish = (retryAfter: string | null) => {
      inHand -= 1
      if (retryAfter !== null) Object.assign(counter, { jobs: Infinity, expiresMs: agenda.nowMs + Number(retryAfter) * 1000 })
      if (!isFetching) fetchSoon(REDIS_MS)
    }
    const fetch = () => {
      isFetching = false
      if (inHand >= CONCURRENCY) return
      if (agenda.nowMs >= counter.expiresMs) counter.jobs = 0
      if (counter.jobs >= requests) return fetchSoon(Math.ceil(counter.expiresMs - agenda.nowMs) + TIMER_LATE_MS + REDIS_MS)
      if (++counter.jobs === 1) counter.expiresMs = agenda.nowMs + windowMs
      inHand += 1
      api.send(({ accepted, header }) => finish(accepted ? null : header('retry-after')))
      fetchSoon(REDIS_MS)
    }
    const fetchSoon = (ms: number) => {
      isFetching = true
      agenda.at(agenda.nowMs + ms, fetch)
    }
    fetchSoon(number / workers)
  }
}
