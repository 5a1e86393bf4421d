import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { isWhole, recount } from '../../scripts/recount.mjs'
import { startSimulator } from '../../src/main/simulator/simulator'
import { DurableRedis, startSluice } from './processes'

/**
 * Where an engine is killed: a command of its never arrives, or is carried out and never answered. `command` is its number, or
 * the name of which it is the first.
 */
export interface CrashPoint {
  readonly command: number | string
  readonly moment: 'unsent' | 'unanswered'
}

export interface CrashOutcome {
  readonly point: CrashPoint
  /** False when the engine had done with everything before it came so far. */
  readonly isReached: boolean
  readonly isWhole: boolean
  /** The command at which it died: of Redis, or the script of Sluice's. */
  readonly name: string
  /** The names of all commands that it sent. */
  readonly seen: ReadonlySet<string>
}

const PAIRS = 6
/** Longer than the time between two heartbeats, where a command by that name is waited for. */
const SLOW_MS = 400
const TOKEN = `0x${'b'.repeat(40)}`

/** Everything that crash points share: one Redis, one API, a pipeline for each. Who opens it closes it. */
export async function openCrashSite() {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-crash-'))
  const redis = await DurableRedis.start(folder, 'everysec')
  const [api, slowApi] = await Promise.all([startSimulator({ latencyMs: 5 }), startSimulator({ latencyMs: SLOW_MS })])
  const names = await scriptNames()
  const pairs = join(folder, 'pairs.csv')
  const wallets = Array.from({ length: PAIRS }, (_, i) => `0x${i.toString(16).padStart(40, '0')}`)
  await writeFile(pairs, ['wallet,token,chain', ...wallets.map((wallet) => `${wallet},${TOKEN},base`)].join('\n'))
  const config = join(folder, 'sluice.toml')
  await writeFile(config, '[engine]\nlease_seconds = 1\nmax_recoveries = 1000\n')
  const url = `redis://127.0.0.1:${redis.port}`
  let pipelines = 0

  const crashAt = async (point: CrashPoint): Promise<CrashOutcome> => {
    const pipeline = `crash-${(pipelines += 1)}`
    const { url: apiUrl } = typeof point.command === 'number' ? api : slowApi
    const args = ['--config', config, '--pipeline', pipeline]
    await startSluice(['enqueue', pairs, '--pipeline', pipeline, '--redis', url]).ended
    const gate = await openGate(redis.port, point, names)
    const struck = startSluice(['work', '--until-empty', ...args, '--api', apiUrl, '--redis', gate.url], { SLUICE_API_KEYS: 'key1' })
    const name = await Promise.race([gate.reached, struck.ended.then(() => null)])
    await struck.end('SIGKILL')
    gate.close()
    const heir = startSluice(['work', '--until-empty', ...args, '--api', api.url, '--redis', url], { SLUICE_API_KEYS: 'key1' })
    await heir.ended
    const bystander = redis.connect()
    const count = await recount(bystander, pipeline, wallets.map((wallet) => `base:${wallet}:${TOKEN}`))
    bystander.disconnect()
    return { point, isReached: name !== null, isWhole: isWhole(count) && count.done === PAIRS, name: name ?? '', seen: gate.seen }
  }

  const close = async () => {
    await Promise.all([api.close(), slowApi.close()])
    await redis.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { crashAt, close }
}

/** Lets commands through one by one, over all connections, up to the crash point. */
async function openGate(redisPort: number, { command, moment }: CrashPoint, names: ReadonlyMap<string, string>) {
  const listener = createServer()
  const sockets = new Set<Socket>()
  let reach: (name: string) => void = () => {}
  const reached = new Promise<string>((resolve) => (reach = resolve))
  const seen = new Set<string>()
  let passed = 0
  let isShut = false
  listener.on('connection', (client) => {
    const server = createConnection({ port: redisPort, host: '127.0.0.1' })
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => [client, server].forEach((one) => one.destroy()))
    }
    let unread = Buffer.alloc(0)
    client.on('data', (chunk) => {
      unread = Buffer.concat([unread, chunk])
      for (let next = firstCommand(unread); next !== null && !isShut; next = firstCommand(unread)) {
        passed += 1
        const name = names.get(next.argument) ?? next.name
        seen.add(name)
        isShut = passed === command || name === command
        if (!isShut || moment === 'unanswered') server.write(unread.subarray(0, next.bytes))
        // Carried out: a command after it on the same connection would be answered after it.
        if (isShut) setTimeout(() => reach(name), moment === 'unanswered' ? 30 : 0)
        unread = unread.subarray(next.bytes)
      }
    })
    server.on('data', (chunk) => {
      if (!isShut) client.write(chunk)
    })
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo // a server that listens on TCP has one
  const close = () => {
    for (const socket of sockets) socket.destroy()
    listener.close()
  }
  return { url: `redis://127.0.0.1:${port}`, reached, seen, close }
}

/** The names of the scripts by what calls them: their hash, and their text the first time. */
async function scriptNames(): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const room of ['queue', 'governor']) {
    const folder = resolve(import.meta.dirname, '../../src/main', room, 'lua')
    for (const file of await readdir(folder)) {
      const text = await readFile(join(folder, file), 'utf8')
      for (const call of [text, createHash('sha1').update(text).digest('hex')]) names.set(call, basename(file, '.lua'))
    }
  }
  return names
}

/** The first whole command of RESP arrays: its length, its name and first argument; null while it is not there in whole. */
function firstCommand(buffer: Buffer): { readonly bytes: number; readonly name: string; readonly argument: string } | null {
  const lineEnd = (from: number) => buffer.indexOf('\r\n', from)
  let at = lineEnd(0)
  if (at < 0) return null
  const parts = Number(buffer.toString('latin1', 1, at))
  at += 2
  const texts: string[] = []
  for (let part = 0; part < parts; part += 1) {
    const end = lineEnd(at)
    if (end < 0) return null
    const length = Number(buffer.toString('latin1', at + 1, end))
    at = end + 2 + length + 2
    if (at > buffer.length) return null
    if (part < 2) texts.push(buffer.toString('utf8', end + 2, end + 2 + length))
  }
  const [name = '', argument = ''] = texts
  return { bytes: at, name: name.toUpperCase(), argument }
}
