import { parse } from 'lossless-json'

/**
 * Reads JSON with each number kept as its text, so that integers beyond 2^53 and long decimals lose no digit.
 * A key that comes twice has its last value, as in JSON.parse. Throws on malformed text.
 */
export function parseLossless(text: string): unknown {
  return parse(text, null, { parseNumber: (digits) => digits, onDuplicateKey: ({ newValue }) => newValue })
}
