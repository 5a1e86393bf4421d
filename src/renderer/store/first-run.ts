import type { ConsoleState } from './console-store'
import { phaseOf } from './run-controls'

/** Whether nobody has used Sluice yet, as far as can be told: the demo stands there untouched, and nobody chose to look at it. */
export function isFirstRun({ picture, hasLeftWelcome }: Pick<ConsoleState, 'picture' | 'hasLeftWelcome'>): boolean {
  if (picture === null || hasLeftWelcome) return false
  const { connections, state, gauges, ledger } = picture
  return connections.demo && state.kind === 'idle' && gauges.run === null && ledger !== null && phaseOf(ledger) === 'untouched'
}
