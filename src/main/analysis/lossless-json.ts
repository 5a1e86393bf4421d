import { parse } from 'lossless-json'

/**
 * Reads JSON with each number kept as its text, so that integers beyond 2^53 and long decimals lose no digit.
 * A key that comes twice has its last value, as in JSON.parse. Throws on malformed text.
 */
export function parseLossless(text: string): unknown {
  return parse(text, null, { parseNumber: (digits) => digits, onDuplicateKey: ({ newValue }) => newValue })
}

/**
 * Reads a body as UTF-8 text; null when it is longer than `limitBytes` (after decompression), and then the rest is not
 * read. Rejects when the connection breaks or the request is aborted.
 */
export async function readText(response: Response, limitBytes: number): Promise<string | null> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > limitBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
