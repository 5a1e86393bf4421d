import { AdaptiveRetryStrategy } from '@smithy/util-retry'
import type { VirtualAnswer } from './virtual-api'

/** As many as the SDK's own HTTP handler opens (`maxSockets`). */
const REQUESTS_AT_ONCE = 50
/** The SDK's default. */
const ATTEMPTS = 3

type Token = Awaited<ReturnType<AdaptiveRetryStrategy['acquireInitialRetryToken']>>

/** The strategy as the SDK's middleware sees it: its own tokens go back in (its declarations ask for more than they give). */
interface Strategy {
  acquireInitialRetryToken(scope: string): Promise<Token>
  refreshRetryTokenForRetry(token: Token, error: { errorType: 'THROTTLING'; retryAfterHint?: Date }): Promise<Token>
  recordSuccess(token: Token): void
}

/**
 * The AWS SDK's adaptive retry algorithm itself, used as its middleware uses it: a token before each request, what a refusal
 * says of `Retry-After` as a hint, a failed request given up after three attempts. It is told nothing: it learns, each engine
 * for itself.
 */
export function startAws(send: () => Promise<VirtualAnswer>): void {
  const strategy: Strategy = new AdaptiveRetryStrategy(() => Promise.resolve(ATTEMPTS))
  for (let i = 0; i < REQUESTS_AT_ONCE; i += 1) void workForEver(strategy, send)
}

async function workForEver(strategy: Strategy, send: () => Promise<VirtualAnswer>): Promise<never> {
  for (;;) await workOnce(strategy, send)
}

async function workOnce(strategy: Strategy, send: () => Promise<VirtualAnswer>): Promise<void> {
  let token = await strategy.acquireInitialRetryToken('bench')
  for (;;) {
    const { accepted, header, answeredMs } = await send()
    if (accepted) return strategy.recordSuccess(token)
    const seconds = header('retry-after')
    const retryAfterHint = seconds === null ? undefined : new Date(answeredMs + Number(seconds) * 1000)
    try {
      token = await strategy.refreshRetryTokenForRetry(token, { errorType: 'THROTTLING', ...(retryAfterHint && { retryAfterHint }) })
    } catch {
      // No attempt is left, or no retry is due: the SDK hands the error to its caller.
      return
    }
  }
}
