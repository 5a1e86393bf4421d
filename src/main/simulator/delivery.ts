import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Verdict } from './simulation'

/** A slow body comes in so many drops, one each so many ms. */
const SLOW_DROPS = 10
const SLOW_DROP_MS = 500

/** Sends what the simulation decided, after its delay; a client that leaves meanwhile costs nothing more. */
export function deliver(verdict: Verdict, request: IncomingMessage, response: ServerResponse): void {
  if (verdict.delayMs < 1) return deliverNow(verdict, request, response)
  const timer = setTimeout(() => deliverNow(verdict, request, response), verdict.delayMs)
  response.once('close', () => clearTimeout(timer))
}

function deliverNow(verdict: Verdict, request: IncomingMessage, response: ServerResponse): void {
  if (verdict.kind === 'lost') {
    // A hang is answered by nothing at all, until the client or the simulator gives up.
    if (verdict.how === 'reset') request.socket.resetAndDestroy()
    return
  }
  const { answer, headers, how } = verdict
  const body = Buffer.from(how === 'malformed' ? malformed(answer.body) : answer.body)
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    ...headers,
  })
  switch (how) {
    case 'whole':
    case 'malformed':
      response.end(body)
      return
    case 'truncated':
      response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy())
      return
    case 'slow':
      deliverInDrops(body, response)
  }
}

function deliverInDrops(body: Buffer, response: ServerResponse): void {
  const dropLength = Math.ceil(body.length / SLOW_DROPS)
  let sent = 0
  const sendDrop = () => {
    response.write(body.subarray(sent, sent + dropLength))
    sent += dropLength
    if (sent < body.length) return
    clearInterval(timer)
    response.end()
  }
  const timer = setInterval(sendDrop, SLOW_DROP_MS)
  response.once('close', () => clearInterval(timer))
  sendDrop()
}

/** Whole, of the length that was announced, and never JSON: its last brace is a bracket. */
function malformed(json: string): string {
  return `${json.slice(0, -1)}]`
}
