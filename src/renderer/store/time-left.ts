/** Too little to say anything by. */
const ENOUGH_MS = 1000

/** Milliseconds until something is finished of which a share (0–1) took `elapsedMs`; null before that can be told. */
export function timeLeftMs(share: number, elapsedMs: number): number | null {
  if (elapsedMs < ENOUGH_MS || share <= 0) return null
  // To the second: a frame's more or less is no news.
  return Math.ceil(((elapsedMs / share) * (1 - share)) / 1000) * 1000
}
