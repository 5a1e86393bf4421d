import type { PacingKind } from './commands'
import type { Picture } from './picture'

/** The pacing that the last claim was made with, as the open epoch tells; null while nothing is worked. */
export function pacingInForce({ epochs, state }: Pick<Picture, 'epochs' | 'state'>): PacingKind | null {
  const newest = epochs.at(-1)
  return state.kind === 'running' && newest?.endedAtMs === null ? newest.pacing : null
}
