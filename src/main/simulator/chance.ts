/**
 * Chance that repeats: every random choice of the simulator is a function of the seed and of what is being decided, so
 * the same seed gives the same wallets, faults and delays on every machine.
 */

/** Uniform in [0, 1). */
export type Random = () => number

/**
 * A 32-bit hash of the parts: FNV-1a over text, murmur3's finalizer after each part so that near numbers fall far
 * apart.
 */
export function hash(...parts: readonly (string | number)[]): number {
  let value = 0x811c9dc5
  for (const part of parts) {
    if (typeof part === 'number') value ^= part
    else for (let at = 0; at < part.length; at++) value = Math.imul(value ^ part.charCodeAt(at), 0x01000193)
    value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
    value ^= value >>> 16
  }
  return value >>> 0
}

/** One draw for these parts. */
export function drawFor(...parts: readonly (string | number)[]): number {
  return hash(...parts) / 2 ** 32
}

/** A stream of draws for these parts: mulberry32. */
export function randomFor(...parts: readonly (string | number)[]): Random {
  let state = hash(...parts)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function bytesFrom(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256))
}

/** `least` to `most`, both included. */
export function wholeBetween(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low)
}

/** One of the choices, each as likely as the others. Throws an Error when there are none. */
export function oneOf<Choice>(random: Random, choices: readonly Choice[]): Choice {
  const choice = choices[Math.floor(random() * choices.length)]
  if (choice === undefined) throw new Error('there is nothing to choose from')
  return choice
}

/** Standard normal from two uniform draws (Box and Muller). */
export function normal(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second)
}
