import { pipeline, type Readable } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import { Agent, request, type Dispatcher } from 'undici'

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
  /** The only limit of time. */
  readonly signal: AbortSignal
  /** Called as soon as the status is there, which is before the body. */
  onStatus(status: number): void
}

const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 })
/** Some hosts turn away who does not say what it is. */
const WHO_ASKS = 'sluice'
/** As fetch has it: an empty body is one, whatever is said of its encoding; one that is cut fails where it is read. */
const LENIENT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }

/**
 * One GET, whose body is read as UTF-8. It follows no redirect: that would hand the key to another host. Rejects when the
 * connection breaks, the body is in an encoding that was not asked for, or at once when the signal aborts.
 */
export async function httpGet(url: string, { headers, maxBodyBytes, signal, onStatus }: GetOptions): Promise<HttpAnswer> {
  // Not fetch: its streams and signals cost as much as all else that is done for a pair.
  const asked = { 'user-agent': WHO_ASKS, 'accept-encoding': 'gzip', ...headers }
  const answer = await orAborted(request(url, { headers: asked, signal, dispatcher: agent }), signal)
  onStatus(answer.statusCode)
  const header = (name: string) => joined(answer.headers[name.toLowerCase()])
  const body = unpacked(answer.body, header('content-encoding')?.toLowerCase() ?? 'identity')
  return { status: answer.statusCode, body: await readText(body, maxBodyBytes), header }
}

/** Undici minds the signal only once there is a connection: what comes after that is thrown away. */
function orAborted(answer: Promise<Dispatcher.ResponseData>, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      reject(signal.reason)
      answer.then(({ body }) => throwAway(body), () => undefined)
    }
    signal.addEventListener('abort', giveUp)
    void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

function unpacked(body: Readable, encoding: string): Readable {
  if (encoding === 'identity') return body
  // What goes wrong in the pipeline is what reading its end rejects with.
  if (encoding === 'gzip' || encoding === 'x-gzip') return pipeline(body, createGunzip(LENIENT), () => undefined)
  throwAway(body)
  throw new Error(`its encoding is ${encoding}, which was not asked for`)
}

function throwAway(body: Readable): void {
  body.on('error', () => undefined).destroy()
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
