import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'

/** Longer lines are refused: no pair needs a mebibyte, and memory must stay flat whatever the file holds. */
export const MAX_LINE_BYTES = 1024 * 1024

/** `text` is without the LF at its end, and with the CR that may stand before it. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly problem: string; readonly excerpt: string }

const LF = 0x0a
const BYTE_ORDER_MARK = '\uFEFF'
/** Of a line that is refused, this much is shown. */
const EXCERPT_LENGTH = 80

/**
 * The lines of a file, numbered from 1, without a byte-order mark. A line that is too long, is not UTF-8 or has NUL bytes
 * in it is yielded as a problem, and the lines after it are read all the same. `onRead` is told of the bytes as they come.
 */
export async function* readLines(file: string, onRead?: (bytes: number) => void): AsyncGenerator<Line> {
  let number = 0
  let parts: Buffer[] = []
  let bytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    onRead?.(chunk.length)
    let from = 0
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      keep(chunk.subarray(from, at))
      yield finish()
      from = at + 1
    }
    keep(chunk.subarray(from))
  }
  if (bytes > 0) yield finish()

  function keep(part: Buffer): void {
    // Of what is beyond the limit only the length matters.
    if (bytes <= MAX_LINE_BYTES) parts.push(part)
    bytes += part.length
  }

  function finish(): Line {
    const line = decoded((number += 1), parts, bytes)
    parts = []
    bytes = 0
    return line
  }
}

/** The beginning of a text, in one line and without what a terminal would obey. */
export function excerptOf(text: string, length = EXCERPT_LENGTH): string {
  const plain = text.slice(0, length).replace(/\p{Cc}/gu, ' ').trim()
  return text.length > length ? `${plain}…` : plain
}

function decoded(number: number, parts: readonly Buffer[], bytes: number): Line {
  const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
  const problem = problemOf(whole, bytes)
  if (problem !== null) {
    return { number, problem, excerpt: excerptOf(whole.subarray(0, 4 * EXCERPT_LENGTH).toString()) }
  }
  const text = whole.toString()
  return { number, text: number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text }
}

function problemOf(line: Buffer, bytes: number): string | null {
  if (bytes > MAX_LINE_BYTES) return `is longer than ${MAX_LINE_BYTES} bytes`
  if (line.includes(0)) return 'has NUL bytes in it'
  return isUtf8(line) ? null : 'is not UTF-8'
}
