import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Seen {
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

export type Script = (request: Seen, response: ServerResponse) => void

export interface ScriptedApi {
  readonly url: string
  /** Requests so far, oldest first. */
  readonly seen: Seen[]
  /** What answers from now on. */
  script: Script
  /** Resolves when `count` requests have arrived. */
  arrived(count: number): Promise<void>
  close(): Promise<void>
}

/** A real HTTP server on a loopback port that answers as a test says. */
export async function startScriptedApi(script: Script = json(200, { success: true, data: {} })): Promise<ScriptedApi> {
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const seen = { path: url.pathname, query: url.searchParams, headers: request.headers }
    api.seen.push(seen)
    for (const check of waiting) check()
    api.script(seen, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api: ScriptedApi = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server's address is never a path
    seen: [],
    script,
    arrived: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (api.seen.length < count) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return api
}

/** Answers every request with this status and body. */
export function json(status: number, body: unknown): Script {
  return text(status, JSON.stringify(body))
}

export function text(status: number, body: string): Script {
  return (_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}
