import { createReadStream } from 'node:fs'

/** Longer lines are refused: no pair needs a mebibyte, and memory must stay flat whatever the file holds. */
export const MAX_LINE_BYTES = 1024 * 1024

export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly problem: string }

const LF = 0x0a

/**
 * The lines of a file, numbered from 1, without their ends (LF or CRLF) and without a byte-order mark. A line that is too
 * long, is not UTF-8 or has NUL bytes in it is yielded as a problem, and the lines after it are read all the same.
 */
export async function* readLines(file: string): AsyncGenerator<Line> {
  let number = 0
  let parts: Buffer[] = []
  let length = 0
  const finish = (): Line => {
    number += 1
    const line = length > MAX_LINE_BYTES ? { number, problem: `longer than ${MAX_LINE_BYTES} bytes` } : decoded(number, parts)
    parts = []
    length = 0
    return line
  }
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      keep(chunk.subarray(from, at))
      yield finish()
      from = at + 1
    }
    keep(chunk.subarray(from))
  }
  if (length > 0) yield finish()

  function keep(part: Buffer): void {
    length += part.length
    // Of a line that is too long only its length matters.
    if (length > MAX_LINE_BYTES) parts = []
    else parts.push(part)
  }
}

function decoded(number: number, parts: readonly Buffer[]): Line {
  const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
  if (bytes.includes(0)) return { number, problem: 'has NUL bytes in it' }
  try {
    // The decoder drops the byte-order mark; `fatal` makes it refuse what is not UTF-8.
    return { number, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r$/, '') }
  } catch {
    return { number, problem: 'is not UTF-8' }
  }
}
