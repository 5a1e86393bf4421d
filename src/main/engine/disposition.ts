import { fullJitterMs } from './backoff'
import type { ClaimedPair, Disposition, Outcome, Random } from './ports'

export interface RetryRules {
  /** Tries that may end in a transient error, the first included. */
  readonly maxAttempts: number
}

/** What the design's table "Outcomes" says is to be done with a pair after this outcome. */
export function dispositionOf(
  pair: Pick<ClaimedPair, 'attempts'>,
  outcome: Outcome,
  rules: RetryRules,
  random: Random,
): Disposition {
  switch (outcome.kind) {
    case 'succeeded':
      return { to: 'done', result: outcome.result }
    case 'rate-limited':
      // Without leave nothing was sent, so nothing was refused.
      return { to: 'front', because: outcome.retryAfterMs === undefined ? 'refused' : 'untouched' }
    case 'transient': {
      const failures = pair.attempts + 1
      return failures >= rules.maxAttempts
        ? { to: 'failed', reason: 'attempts-exhausted', message: `${outcome.message} (${failures} attempts)` }
        : { to: 'delayed', delayMs: fullJitterMs(failures, random), message: outcome.message }
    }
    case 'timed-out':
      return { to: 'failed', reason: 'timeout', message: outcome.message }
    case 'permanent':
      return { to: 'failed', reason: 'permanent', message: outcome.message }
    case 'allowance-spent':
    case 'configuration':
    case 'released':
      return { to: 'front', because: 'untouched' }
  }
}
