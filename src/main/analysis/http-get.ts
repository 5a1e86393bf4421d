import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { request } from 'undici'

export interface HttpAnswer {
  readonly status: number
  /** Null when it is longer than was allowed, and then the rest is not read. */
  readonly body: string | null
  /** Null where the answer has no such header; the lines of one that came several times are joined by commas. */
  header(name: string): string | null
}

interface GetOptions {
  readonly headers: Readonly<Record<string, string>>
  /** Of the body, after decompression. */
  readonly maxBodyBytes: number
  readonly signal: AbortSignal
  /** Called as soon as the status is there, which is before the body. */
  onStatus(status: number): void
}

/**
 * One GET, whose body is read as UTF-8. It follows no redirect: that would hand the key to another host. Rejects when the
 * connection breaks, the body is not what its encoding says, or the signal aborts.
 */
export async function httpGet(url: string, { headers, maxBodyBytes, signal, onStatus }: GetOptions): Promise<HttpAnswer> {
  // Not fetch: its streams and signals cost as much as all else that is done for a pair.
  const answer = await request(url, { headers: { ...headers, 'accept-encoding': 'gzip' }, signal })
  onStatus(answer.statusCode)
  const header = (name: string) => joined(answer.headers[name.toLowerCase()])
  const isZipped = header('content-encoding')?.toLowerCase() === 'gzip'
  // What goes wrong in the pipeline is what reading its end rejects with.
  const body = isZipped ? pipeline(answer.body, createGunzip(), () => undefined) : answer.body
  return { status: answer.statusCode, body: await readText(body, maxBodyBytes), header }
}

/** Null when it is longer than `limitBytes`: leaving the loop ends the stream, and with it the request. */
export async function readText(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > limitBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function joined(lines: string | readonly string[] | undefined): string | null {
  if (lines === undefined) return null
  return typeof lines === 'string' ? lines : lines.join(', ')
}
