import type { ClaimedPair } from '../engine/ports'

export type Troubles = Pick<ClaimedPair, 'attempts' | 'refusals' | 'recoveries'>

const NO_TROUBLES: Troubles = { attempts: 0, refusals: 0, recoveries: 0 }

/** What a pair has been through, as Redis keeps it; it keeps nothing of one that has been through nothing. */
export function troublesOf(stored: string | null): Troubles {
  if (stored === null) return NO_TROUBLES
  const [attempts = 0, refusals = 0, recoveries = 0] = stored.split(' ', 3).map(Number)
  return { attempts, refusals, recoveries }
}
