import type { MenuItemConstructorOptions } from 'electron'
import type { Frame } from '../../shared/frames'
import { runControlsOf, type Toggle } from '../../shared/run-controls'
import { progressOf } from './attention'
import { stateWords, toggleWords } from './menu-words'

type Seen = Pick<Frame, 'state' | 'ledger' | 'gauges'>

/** What the tray says, and the one thing that its menu can do to the work just now. */
export interface TrayFacts {
  readonly state: string
  readonly progress: string
  readonly toggle: Toggle | null
}

export interface TrayDoings {
  show(): void
  toggle(which: Toggle): void
  quit(): void
}

export function trayFacts({ state, ledger, gauges }: Seen): TrayFacts {
  const { share } = progressOf({ state, ledger, gauges })
  const minutes = gauges.etaSeconds && Math.max(1, Math.round((gauges.etaSeconds.low + gauges.etaSeconds.high) / 120))
  const parts = [
    ...(share < 0 ? [] : [`${Math.round(share * 100)} % done`]),
    ...(minutes ? [`about ${minutes} min left`] : []),
    ...(ledger === null ? [] : [`${ledger.lost} lost`]),
  ]
  const words = state.kind === 'paused' && state.by !== 'operator' ? `${stateWords.paused}: ${state.reason}` : stateWords[state.kind]
  return { state: gauges.breaker.kind === 'open' ? `${words}, breaker open` : words, progress: parts.join(', '), toggle: runControlsOf(state).toggle }
}

export function trayTemplate({ state, progress, toggle }: TrayFacts, doings: TrayDoings): MenuItemConstructorOptions[] {
  return [
    { label: state, enabled: false },
    ...(progress === '' ? [] : [{ label: progress, enabled: false }]),
    { type: 'separator' },
    { label: 'Show Sluice', click: () => doings.show() },
    ...(toggle === null ? [] : [{ label: toggleWords[toggle], click: () => doings.toggle(toggle) }]),
    { type: 'separator' },
    { label: 'Quit Sluice', click: () => doings.quit() },
  ]
}
