import type { FailureFilter } from '../../shared/failures'

/** What a failed pair went through, of which a filter can want at least so many. */
export const failureCountBounds = ['minAttempts', 'minRefusals', 'minRecoveries'] as const
export type FailureCountBound = (typeof failureCountBounds)[number]

/** The filter with one part changed; without it where that is undefined. */
export function withFailurePart<P extends keyof FailureFilter>(filter: FailureFilter, part: P, value: FailureFilter[P]): FailureFilter {
  const { [part]: _before, ...rest } = filter
  return value === undefined ? rest : { ...rest, [part]: value }
}
