import { formatClock, formatCount, formatRange, formatTime } from '../format'
import { useConsole, usePicture } from '../store/console-context'
import type { Picture } from '../store/picture'
import { breakerStateOf, phaseOf, remainingOf, toneOf } from '../store/run-controls'
import { text } from '../text'
import classes from './header.module.css'

const t = text.run

/** The state in words and colour, how long it has run and how long it will. */
export function RunStatus() {
  const isSilent = useConsole(({ link }) => link.kind === 'silent')
  const tone = usePicture(({ state, ledger, gauges }) => (isSilent ? 'bad' : breakerStateOf(state, gauges.breaker)?.tone ?? toneOf(state, phaseOf(ledger))))
  const state = usePicture((picture) => (isSilent ? t.noContact : stateWords(picture)))
  const timing = usePicture((picture) => (isSilent ? null : timingWords(picture)))
  return (
    <div className={classes.status} data-tone={tone}>
      <p className={classes.state} role="status">
        <i className={classes.dot} aria-hidden />
        {state}
      </p>
      {timing && (
        <p className={classes.timing} data-testid="run-timing">
          {timing}
        </p>
      )}
    </div>
  )
}

function stateWords({ state, ledger, gauges }: Picture): string {
  if (state.kind === 'paused' && gauges.resumesAtMs !== null) return t.pausedUntil(formatTime(gauges.resumesAtMs, 'minute'))
  if (state.kind === 'paused') return t.pausedBy[state.by]
  const breaker = breakerStateOf(state, gauges.breaker)
  if (breaker !== null) return t.breaker[breaker.kind]
  return state.kind === 'idle' && phaseOf(ledger) === 'finished' ? t.finished : t.states[state.kind]
}

function timingWords({ state, ledger, gauges }: Picture): string | null {
  const clock = gauges.run === null ? null : formatClock(gauges.runningForMs)
  const remaining = ledger === null ? null : remainingOf(ledger)
  if (state.kind === 'idle') {
    if (remaining === null) return null
    if (remaining > 0) return t.waiting(formatCount(remaining), remaining)
    return clock && t.took(clock)
  }
  const inFlight = ledger?.inFlight ?? 0
  if (state.kind !== 'running' && inFlight > 0) return joined(clock, t.inFlight(formatCount(inFlight)))
  if (state.kind === 'running' && remaining === 0) return joined(clock, t.nothingWaits)
  return joined(clock, state.kind === 'running' && gauges.etaSeconds ? t.doneIn(formatRange(gauges.etaSeconds)) : null)
}

function joined(...parts: readonly (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.join(' · ')
}
