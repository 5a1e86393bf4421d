/** Smoothed time to an answer and its deviation, by the law of TCP's retransmission timer (RFC 6298). */
export interface Latency {
  readonly smoothedMs: number
  readonly deviationMs: number
  /** The slowest of late: one sample of a hundred is slower than what the deviation explains. */
  readonly slowestMs: number
}

export const UNKNOWN_LATENCY: Latency = { smoothedMs: 0, deviationMs: 0, slowestMs: 0 }

export function withSample(latency: Latency, sampleMs: number): Latency {
  if (latency.smoothedMs === 0) return { smoothedMs: sampleMs, deviationMs: sampleMs / 2, slowestMs: sampleMs }
  return {
    smoothedMs: latency.smoothedMs + (sampleMs - latency.smoothedMs) / 8,
    deviationMs: latency.deviationMs + (Math.abs(sampleMs - latency.smoothedMs) - latency.deviationMs) / 4,
    slowestMs: Math.max(sampleMs, latency.slowestMs * 0.99 + sampleMs * 0.01),
  }
}

/** After so long nearly everything that was sent has been answered. */
export function settlingMs(latency: Latency): number {
  return Math.max(latency.slowestMs, latency.smoothedMs + 4 * latency.deviationMs)
}
