import type { BreakerReport, EpochRecord, LogLine, Marker, SweepReport } from '../../shared/frames'
import { NORMAL_WAIT_MS } from '../engine/pacing'
import type { EngineEvent, EngineState } from '../engine/events'
import { isFull } from './full-redis'
import type { RedisLink } from './ports'

export type Spoken = Pick<LogLine, 'level' | 'text'>

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

/** What the log says of an event: the lines that operators know, and the ones that they need besides. */
export function linesOf(event: EngineEvent): Spoken[] {
  switch (event.type) {
    case 'adopted':
      return adoptedLines(event)
    case 'recovered':
      return recoveredLines(event)
    case 'batch-started':
      return [info(`Processing ${count(event.size, 'wallet-token pair')} in parallel`)]
    case 'batch-settled':
      return settledLines(event)
    case 'leases-lost':
      return [warn(`Lost the leases of ${count(event.pairs, 'pair')}: another engine works them now`)]
    case 'batch-size-asked':
      return [info(`Batch size ${event.from} → ${event.to} asked for; the next batch has it`)]
    case 'stumbled':
      return [{ level: 'error', text: stumbleWords(event.message) }]
    case 'steadied':
      return [info('The queue takes commands again; going on')]
    case 'state-changed':
      return stateLines(event.state)
    case 'sizing-changed':
      return [info(event.sizing === 'auto' ? 'Batch size: auto, by Little’s law' : 'Batch size: manual')]
    case 'pacing-changed':
      return [info(`Pacing: ${event.pacing}; what is in flight is finished first`)]
    case 'pair-timeout-changed':
      return [info(`Time limit of a pair: ${event.fromMs / 1000} → ${event.toMs / 1000} s; the next batch has it`)]
    case 'breaker-changed':
      return breakerLines(event.breaker)
    case 'sweep-changed':
      return sweepLines(event.sweep)
    case 'held':
      return [info(`Held for ${Math.ceil(event.forMs / 1000)} s: ${event.why}`)]
    case 'epoch-ended':
      return [info(epochWords(event.epoch))]
    case 'epoch-began':
    case 'pair-finished':
    case 'batch-size-in-force':
      return []
  }
}

/** What is drawn across the charts at the moment of an event; null for most of them. */
export function markerOf(event: EngineEvent): Pick<Marker, 'kind' | 'text'> | null {
  switch (event.type) {
    case 'batch-size-in-force':
      return event.by === 'operator' ? { kind: 'operator', text: `${event.from} → ${event.to}` } : null
    case 'pacing-changed':
      return { kind: 'operator', text: event.pacing }
    case 'sizing-changed':
      return { kind: 'operator', text: event.sizing }
    case 'pair-timeout-changed':
      return { kind: 'operator', text: `limit ${event.toMs / 1000} s` }
    case 'breaker-changed':
      return event.breaker.kind === 'closing' ? null : { kind: 'engine', text: `breaker ${event.breaker.kind}` }
    case 'held':
      return { kind: 'engine', text: 'held' }
    case 'recovered':
      return { kind: 'engine', text: `${event.recovered + event.failed} recovered` }
    case 'state-changed':
      return stateMarker(event.state)
    default:
      return null
  }
}

const info = (text: string): Spoken => ({ level: 'info', text })
const warn = (text: string): Spoken => ({ level: 'warn', text })

function stumbleWords(message: string): string {
  if (!isFull(message)) return `The queue refused a command, trying again: ${message}`
  return 'Redis is full: work waits, and goes on by itself when there is room. Nothing is lost. Raise its maxmemory, or free some of it'
}

function adoptedLines({ adopted, duplicates, rejected }: Extract<EngineEvent, { type: 'adopted' }>): Spoken[] {
  const known = duplicates > 0 ? [`${count(duplicates, 'duplicate')} dropped`] : []
  const text = [`Took ${count(adopted, 'new pair')} from the inbox`, ...known].join(', ')
  if (rejected === 0) return [info(text)]
  const kept = 'kept in the list "rejected" with the reason'
  return [info(text), warn(`${count(rejected, 'inbox entry', 'inbox entries')} could not be read: ${kept}`)]
}

function recoveredLines({ recovered, failed }: Extract<EngineEvent, { type: 'recovered' }>): Spoken[] {
  const back = `Recovered ${count(recovered, 'pair')} of an engine that died: back to the front of the queue`
  const aside = `Set ${count(failed, 'pair')} aside as failed: every engine that worked it died`
  return [...(recovered > 0 ? [warn(back)] : []), ...(failed > 0 ? [warn(aside)] : [])]
}

function settledLines({ batch, tally, wait }: Extract<EngineEvent, { type: 'batch-settled' }>): Spoken[] {
  const failed = batch.permanent + batch.timedOut
  const parts = [
    `${batch.succeeded}/${batch.size} successful`,
    `${batch.rateLimited} rate-limited (retrying)`,
    `${failed} permanently failed`,
    ...(batch.transient > 0 ? [`${count(batch.transient, 'transient error')}`] : []),
    ...(batch.untouched > 0 ? [`${batch.untouched} given back untouched`] : []),
  ]
  const lines = [info(`Parallel batch completed: ${parts.join(', ')}`)]
  if (batch.rateLimited > 0)
    lines.push(info(`Pushed ${count(batch.rateLimited, 'rate-limited pair')} back to the front of the queue`))
  if (batch.rateLimited > 0) lines.push(info(`Applying extended delay of ${wait.waitMs} ms due to ${wait.why}`))
  else if (wait.waitMs > NORMAL_WAIT_MS) lines.push(info(`Applying delay of ${wait.waitMs} ms, ${wait.why}`))
  if (tally.late > 0)
    lines.push(warn(`${count(tally.late, 'result')} came after the lease had ended and changed nothing`))
  return lines
}

function epochWords({ number, goodputPerSecond, refusalsPerSuccess, pairMsP95, done, workedSeconds }: EpochRecord): string {
  const figures = [
    `${count(done, 'pair')} done in ${Math.round(workedSeconds)} s`,
    ...(goodputPerSecond === null ? [] : [`${goodputPerSecond.toFixed(goodputPerSecond < 1 ? 2 : 1)}/s`]),
    ...(refusalsPerSuccess === null ? [] : [refusalsPerSuccess === 0 ? 'no refusals' : `${refusalsPerSuccess.toFixed(2)} refusals per pair`]),
    ...(pairMsP95 === null ? [] : [`95 % within ${(pairMsP95 / 1000).toFixed(1)} s`]),
  ]
  return `Epoch ${number} ended: ${figures.join(', ')}`
}

function sweepLines({ state, size, findings, why }: SweepReport): Spoken[] {
  const last = findings.at(-1)
  const found = last
    ? [info(`Batch size ${last.size}: ${last.goodputPerSecond.toFixed(2)} pairs/s (${last.low.toFixed(2)}–${last.high.toFixed(2)}), ${(last.refusedShare * 100).toFixed(1)} % refused`)]
    : []
  if (state === 'running') return last ? found : [info(`Looking for the best batch size, from ${size} up`)]
  return [...(state === 'finished' ? found : []), info(`Search for the best batch size: ${why}`)]
}

function breakerLines({ kind, reason, retryInMs }: BreakerReport): Spoken[] {
  switch (kind) {
    case 'open':
      return [warn(`Breaker open for ${Math.ceil(retryInMs / 1000)} s: ${reason}. Nothing is claimed, no attempt is spent`)]
    case 'half-open':
      return [info('Breaker half-open: trying one pair')]
    case 'closed':
      return [info('Breaker closed: working again')]
    case 'closing':
      return []
  }
}

function stateLines(state: EngineState): Spoken[] {
  switch (state.kind) {
    case 'idle':
      return [info('Idle')]
    case 'running':
      return [info('Running')]
    case 'pausing':
      return [info(`Pausing: ${state.reason}. Finishing what is in flight`)]
    case 'paused':
      return [state.by === 'operator' ? info(`Paused: ${state.reason}`) : warn(`Paused: ${state.reason}`)]
    case 'draining':
      return [info('Draining: finishing what is in flight, nothing new starts')]
    case 'stopping':
      return [info('Stopping: giving what is in flight back to the front of the queue')]
  }
}

function stateMarker(state: EngineState): Pick<Marker, 'kind' | 'text'> | null {
  switch (state.kind) {
    case 'running':
      return { kind: 'operator', text: 'running' }
    case 'pausing':
      return { kind: state.by === 'operator' ? 'operator' : 'engine', text: 'pause' }
    case 'draining':
      return { kind: 'operator', text: 'drain' }
    case 'stopping':
      return { kind: 'operator', text: 'stop' }
    case 'idle':
      return { kind: 'engine', text: 'idle' }
    case 'paused':
      return { kind: state.by === 'operator' ? 'operator' : 'engine', text: 'paused' }
  }
}

/** What is told when the connection to Redis is lost, and when it is back. */
export function redisNews(state: RedisLink['state']): { readonly line: Spoken; readonly marker: string } {
  if (state.kind === 'ready') return { line: { level: 'info', text: 'Redis answers again; going on' }, marker: 'Redis back' }
  const text = `Redis does not answer (${state.reason}). Waiting for it; nothing is lost meanwhile`
  return { line: { level: 'warn', text }, marker: 'Redis lost' }
}
