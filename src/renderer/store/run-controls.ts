import type { BreakerReport, Ledger, RunState } from '../../shared/frames'
import { runControlsOf } from '../../shared/run-controls'

/** How a state is felt: it decides colour and nothing else. */
export type Tone = 'good' | 'busy' | 'caution' | 'bad' | 'quiet'

export function toneOf(state: RunState, phase: RunPhase): Tone {
  switch (state.kind) {
    case 'idle':
      return phase === 'finished' ? 'good' : 'quiet'
    case 'running':
      return 'good'
    case 'pausing':
    case 'draining':
    case 'stopping':
      return 'busy'
    case 'paused':
      return state.by === 'operator' ? 'caution' : 'bad'
    case 'waiting-for-redis':
    case 'redis-full':
      return 'bad'
  }
}

/** What is said of the breaker in place of "running": while it is not closed, hardly anything or nothing is worked. */
export function breakerStateOf(state: RunState, { kind }: Pick<BreakerReport, 'kind'>): { readonly kind: Exclude<BreakerReport['kind'], 'closed'>; readonly tone: Tone } | null {
  if (state.kind !== 'running' || kind === 'closed') return null
  return { kind, tone: kind === 'open' ? 'bad' : 'caution' }
}

/** Where the work as a whole stands, whatever the engine does at the moment. */
export type RunPhase = 'unknown' | 'empty' | 'untouched' | 'under-way' | 'finished'

export function phaseOf(ledger: Ledger | null): RunPhase {
  if (ledger === null) return 'unknown'
  const worked = ledger.done + ledger.failed + ledger.discarded
  if (remainingOf(ledger) > 0) return worked > 0 ? 'under-way' : 'untouched'
  return worked > 0 ? 'finished' : 'empty'
}

/** What the window should point at: without pairs finding some, before the run its start, then the export. */
export function nextStepOf(state: RunState, ledger: Ledger | null): 'discover' | 'start' | 'export' {
  const phase = phaseOf(ledger)
  if (runControlsOf(state).toggle !== 'start' || phase === 'finished') return 'export'
  return phase === 'empty' ? 'discover' : 'start'
}

/** Pairs that are still to be finished, those in the inbox included. */
export function remainingOf(ledger: Ledger): number {
  return ledger.ready + ledger.delayed + ledger.inFlight + ledger.inbox
}
