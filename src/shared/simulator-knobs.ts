import { z } from 'zod'

/** What can be turned of the demo's API while it runs. */
export const SIMULATOR_BOUNDS = {
  requestsPerSecond: { min: 1, max: 200 },
  latencyMs: { min: 0, max: 10_000 },
  errorPercent: { min: 0, max: 50 },
} as const
export type SimulatorKnob = keyof typeof SIMULATOR_BOUNDS

const within = ({ min, max }: { readonly min: number; readonly max: number }) => z.number().int().min(min).max(max)

export const simulatorKnobsSchema = z.strictObject({
  /** Its quota, a bucket with a second's worth of burst. */
  requestsPerSecond: within(SIMULATOR_BOUNDS.requestsPerSecond),
  /** Median time to an answer. */
  latencyMs: within(SIMULATOR_BOUNDS.latencyMs),
  /** Requests of a hundred that end in a server error. */
  errorPercent: within(SIMULATOR_BOUNDS.errorPercent),
})
export type SimulatorKnobs = z.infer<typeof simulatorKnobsSchema>

/** What the demo begins with: the quota of the provider's smaller plans. */
export const DEMO_KNOBS: SimulatorKnobs = { requestsPerSecond: 15, latencyMs: 600, errorPercent: 0 }
