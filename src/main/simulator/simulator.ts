import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deliver } from './delivery'
import { createMadeUpWorld } from './made-up-world'
import { LIVE_OPTIONS, checkOptions, settingsFrom, type SimulatorOptions } from './options'
import { readRecordings } from './recordings'
import { Simulation, type ApiRequest } from './simulation'
import type { SimulatorStats } from './tally'
import type { World } from './world'

/** A running simulator. Who starts it closes it. */
export interface Simulator {
  /** For example `http://127.0.0.1:40123`, without a slash at its end. */
  readonly url: string
  readonly port: number
  /** What the operator should know, for example recordings that could not be read. */
  readonly notes: readonly string[]
  stats(): SimulatorStats
  /**
   * Changes options while running (`LIVE_OPTIONS`); null means back to the default. Answers all options in force.
   * Throws an Error that names the option, its value and what is allowed, and then changes nothing.
   */
  configure(changes: SimulatorOptions): SimulatorOptions
  /** Ends open connections at once. */
  close(): Promise<void>
}

const STATS_PATH = '/__stats'
const CONTROL_PATH = '/__control'
const MOST_CONTROL_BYTES = 65_536

/**
 * Starts a local API with the endpoints of BirdEye, real rate limits and injectable faults, on 127.0.0.1. Beside the
 * API: `GET /__stats` answers the counters, `GET /__control` the options in force, `POST /__control` changes them as
 * `configure` does; these are neither counted nor limited.
 *
 * Throws an Error that names the option, its value and what is allowed; for a port that is taken, one that names the
 * port. `nowMs` is Unix time in milliseconds and never runs backwards.
 */
export async function startSimulator(options: SimulatorOptions = {}, nowMs = unixNowMs): Promise<Simulator> {
  let inForce = checkOptions(options)
  const settings = settingsFrom(inForce)
  const { world, notes } = await openWorld(inForce.replay ?? null, settings.seed)
  const simulation = new Simulation(settings, world)
  const configure = (changes: SimulatorOptions) => {
    inForce = changed(inForce, changes)
    simulation.configure(settingsFrom(inForce), nowMs())
    return inForce
  }
  const server = createServer((request, response) => {
    const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s)
    if (path === STATS_PATH) return sendJson(response, 200, simulation.stats())
    if (path === CONTROL_PATH) return void control(request, response, () => inForce, configure)
    deliver(simulation.decide(apiRequest(request, path, query), nowMs()), request, response)
  })
  // Longer than the idle time of usual clients, so that the server is never the one to close under a request.
  server.keepAliveTimeout = 75_000
  const port = await listen(server, inForce.port ?? 0)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    notes,
    stats: () => simulation.stats(),
    configure,
    close: () => close(server),
  }
}

async function openWorld(replayFolder: string | null, seed: number): Promise<{ world: World; notes: string[] }> {
  if (replayFolder === null) return { world: createMadeUpWorld(seed), notes: [] }
  const { world, notes } = await readRecordings(replayFolder)
  return { world, notes: notes.map((note) => `left out of the replay: ${note}`) }
}

function apiRequest(request: IncomingMessage, path: string, query: string): ApiRequest {
  const { 'x-api-key': key, 'x-chain': chain } = request.headers
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    key: typeof key === 'string' && key !== '' ? key : null,
    chain: typeof chain === 'string' ? chain : 'solana',
  }
}

function changed(inForce: SimulatorOptions, changes: SimulatorOptions): SimulatorOptions {
  const fixed = Object.keys(changes).find((option) => !LIVE_OPTIONS.some((live) => live === option))
  if (fixed !== undefined) {
    throw new Error(`${fixed}: cannot be changed while running; allowed are ${LIVE_OPTIONS.join(', ')}`)
  }
  // The two ways to say the limits replace each other.
  const replaced = changes.limits ? { rps: null, rpm: null } : changes.rps || changes.rpm ? { limits: null } : {}
  return checkOptions({ ...inForce, ...replaced, ...changes })
}

async function control(
  request: IncomingMessage,
  response: ServerResponse,
  inForce: () => SimulatorOptions,
  configure: (changes: SimulatorOptions) => SimulatorOptions,
): Promise<void> {
  if (request.method === 'GET') return sendJson(response, 200, inForce())
  try {
    const changes: unknown = JSON.parse(await bodyOf(request))
    if (typeof changes !== 'object' || changes === null) throw new Error('allowed is a JSON object of options')
    sendJson(response, 200, configure(changes))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    sendJson(response, 400, { success: false, message: `nothing was changed: ${message}` })
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > MOST_CONTROL_BYTES) throw new Error(`allowed is a body of at most ${MOST_CONTROL_BYTES} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value))
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(taken ? new Error(`port: ${port} is already in use on 127.0.0.1; choose another, or 0 for any`) : error)
    })
    server.listen(port, '127.0.0.1', () => {
      // A server that listens on TCP has an AddressInfo; the text is for pipes.
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** The real time, without the jumps of a clock that is set. */
function unixNowMs(): number {
  return performance.timeOrigin + performance.now()
}
