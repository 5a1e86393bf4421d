import type { RunState } from './frames'

/** What the one big button does in a state. */
export type Toggle = 'start' | 'pause' | 'resume' | 'keep-running'

export interface RunControls {
  readonly toggle: Toggle | null
  readonly canDrain: boolean
  readonly canStop: boolean
}

/** Which commands make sense in a state: for the window, the menu and the tray alike. */
export function runControlsOf({ kind }: Pick<RunState, 'kind'>): RunControls {
  switch (kind) {
    case 'idle':
      return { toggle: 'start', canDrain: false, canStop: false }
    case 'running':
      return { toggle: 'pause', canDrain: true, canStop: true }
    case 'pausing':
    case 'paused':
      return { toggle: 'resume', canDrain: true, canStop: true }
    case 'draining':
      return { toggle: 'keep-running', canDrain: false, canStop: true }
    case 'waiting-for-redis':
    case 'redis-full':
      return { toggle: null, canDrain: false, canStop: true }
    case 'stopping':
      return { toggle: null, canDrain: false, canStop: false }
  }
}
