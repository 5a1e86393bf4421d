import fc from 'fast-check'

/** What every parser is put through. */
export const CASES = 100_000
/** Of a test that is given a hundred rows, lines or commands at once. */
export const AT_ONCE = 100

const seed = Number(process.env['SLUICE_FUZZ_SEED'] ?? 20_260_101)
/** `SLUICE_FUZZ_SEED=n` has other cases; a failure prints its seed and its path, which fast-check takes up again. */
export const seeded = (numRuns: number) => ({ seed, numRuns })
export const FUZZ_LIMIT_MS = 120_000

export const WALLET = 'So11111111111111111111111111111111111111112'
export const TOKEN = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'

/** Texts put together from fragments, so that most of them are nearly right. */
export function textOf(...fragments: readonly string[]) {
  return fc.array(fc.constantFrom(...fragments), { maxLength: 10 }).map((parts) => parts.join(''))
}

/** Any value of JSON and some that are none, small. */
export const anyValue = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, '', 0, -0, Number.NaN, Infinity, 1e308, true, [], {}, [[]], '0', 'x', '__proto__', '\0', '\uD800', '１'),
  fc.integer(),
  fc.string({ maxLength: 8 }),
  fc.array(fc.constantFrom(1, 'x', null), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('chain', 'tokens', 'constructor'), fc.constantFrom(1, 'solana', null), { maxKeys: 3 }),
)
