import { DEFAULT_PRIORITY_HEAD_START_MINUTES } from '../../shared/pair'

/** Who comes first. A pair waits in line as if it had come `headStartMs` earlier for each level of its priority. */
export interface PriorityRules {
  readonly headStartMs: number
  /** Priorities of pairs that bring none: the highest of these volumes that the trader has reached decides. */
  readonly byVolume: readonly { readonly fromUsd: number; readonly priority: number }[]
}

export const DEFAULT_PRIORITIES: PriorityRules = {
  headStartMs: DEFAULT_PRIORITY_HEAD_START_MINUTES * 60_000,
  byVolume: [],
}

/** The rules as the Lua commands read them: the head start in µs, and [volume, priority] as JSON, greatest volume first. */
export function spelledPriorities({ headStartMs, byVolume }: PriorityRules): { headStartUs: number; volumeRules: string } {
  const rules = [...byVolume].sort((a, b) => b.fromUsd - a.fromUsd)
  return {
    headStartUs: Math.round(headStartMs * 1000),
    volumeRules: JSON.stringify(rules.map(({ fromUsd, priority }) => [fromUsd, priority])),
  }
}
