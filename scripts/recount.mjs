/**
 * npm run recount -- --redis URL --pipeline NAME [--expect FILE] [--aof FOLDER]: counts every pair of a pipeline from the raw keys, with
 * nothing of Sluice's own code, and compares that with the ledger. FILE has an id of a pair a line that must be there.
 * FOLDER is the append-only folder of that Redis: its history shows whether a pair was ever done twice without being asked
 * for again, or settled by an engine that it was not lent to (as far back as the last rewrite of the file). Prints JSON; exits with 1 when something is lost or double.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Redis } from 'ioredis'

const PLACES = ['ready', 'delayed', 'in-flight', 'done', 'failed']

/**
 * @param {import('ioredis').Redis} redis
 * @param {string} pipeline
 * @param {readonly string[]} expected ids that must be somewhere
 */
export async function recount(redis, pipeline, expected = []) {
  const key = (/** @type {string} */ name) => `{sluice:${pipeline}}:${name}`
  // One moment for all of it.
  const asked = redis.multi()
  for (const place of PLACES) asked.zrange(key(place), '0', '-1')
  for (const hash of ['pairs', 'results', 'failures']) asked.hkeys(key(hash))
  asked.hgetall(key('ledger'))
  asked.lrange(key('batches'), 0, -1)
  const replies = (await asked.exec()) ?? []
  const [ready, delayed, inFlight, done, failed, pairs, results, failures, ledger, batches] = replies.map(([error, value]) => {
    if (error) throw error
    return /** @type {any} */ (value)
  })
  /** @type {Map<string, number>} */
  const places = new Map()
  for (const id of [...ready, ...delayed, ...inFlight, ...done, ...failed]) places.set(id, (places.get(id) ?? 0) + 1)
  const known = new Set(pairs)
  const [doneSet, resultSet, failureSet] = [new Set(done), new Set(results), new Set(failures)]
  const succeeded = batches.reduce((/** @type {number} */ sum, /** @type {string} */ text) => sum + JSON.parse(text).succeeded, 0)
  return {
    enqueued: Number(ledger.enqueued ?? 0),
    ready: ready.length,
    delayed: delayed.length,
    inFlight: inFlight.length,
    done: done.length,
    failed: failed.length,
    discarded: Number(ledger.discarded ?? 0),
    lost: Number(ledger.enqueued ?? 0) - places.size - Number(ledger.discarded ?? 0),
    missing: expected.filter((id) => !places.has(id)),
    double: [...places].filter(([, count]) => count > 1).map(([id]) => id),
    /** In a place, but nobody knows what it is; known, but in no place. */
    unknown: [...places.keys()].filter((id) => !known.has(id) && !doneSet.has(id)),
    homeless: [...known].filter((id) => !places.has(id)),
    doneWithoutResult: done.filter((/** @type {string} */ id) => !resultSet.has(id)).length,
    resultsOfOthers: results.filter((/** @type {string} */ id) => !doneSet.has(id) && !places.has(id)).length,
    failedWithoutReason: failed.filter((/** @type {string} */ id) => !failureSet.has(id)).length,
    /** What the records of the batches say; only the last 10,000 batches are kept. */
    succeededByBatches: succeeded,
  }
}

/** @param {Awaited<ReturnType<typeof recount>>} count */
export function isWhole(count) {
  const { lost, missing, double, unknown, homeless, doneWithoutResult, resultsOfOthers, failedWithoutReason } = count
  return [lost, missing.length, double.length, unknown.length, homeless.length, doneWithoutResult, resultsOfOthers, failedWithoutReason].every(
    (wrong) => wrong === 0,
  )
}

/**
 * What the history of every write tells, where a count of the present cannot.
 * - `doneTwice`: pairs that were put among the done while they were there. One that was taken out to be analysed again may be
 *   done again.
 * - `settledByOthers`: pairs that were settled by an engine while they were lent to another: the fencing did not hold. A Redis that
 *   has lost writes may lend the same pairs under the same tokens once more, and then this need not be empty.
 * @param {string} aofFolder
 * @param {string} pipeline
 */
export async function readHistory(aofFolder, pipeline) {
  const key = (/** @type {string} */ name) => `{sluice:${pipeline}}:${name}`
  const files = (await readdir(aofFolder)).filter((name) => name.endsWith('.incr.aof')).toSorted()
  /** @type {Set<string>} */
  const done = new Set()
  /** @type {Map<string, string>} who claimed what is in flight */
  const holders = new Map()
  const [doneTwice, settledByOthers] = [new Set(), new Set()]
  for (const file of files) {
    for (const writes of transactionsIn(await readFile(join(aofFolder, file)))) {
      const of = (/** @type {string} */ command, /** @type {string} */ name) =>
        writes.flatMap(([written = '', at, ...cells]) => (written.toUpperCase() === command && at === key(name) ? cells : []))
      for (const id of of('ZREM', 'done')) done.delete(id)
      for (const id of membersOf(of('ZADD', 'done'))) {
        if (done.has(id)) doneTwice.add(id)
        done.add(id)
      }
      const settler = ownerIn(writes, key('reply:settle:'))
      for (const id of of('ZREM', 'in-flight')) {
        if (settler !== null && (holders.get(id) ?? settler) !== settler) settledByOthers.add(id)
        holders.delete(id)
      }
      const claimer = ownerIn(writes, key('reply:claim:'))
      if (claimer !== null) for (const id of membersOf(of('ZADD', 'in-flight'))) holders.set(id, claimer)
    }
  }
  return { doneTwice: [...doneTwice], settledByOthers: [...settledByOthers] }
}

/** Of scores and members in turn. @param {readonly string[]} cells */
function membersOf(cells) {
  return cells.filter((_cell, i) => i % 2 === 1)
}

/** Each command of an engine leaves its reply under a name that holds the engine's. @param {readonly string[][]} writes @param {string} prefix */
function ownerIn(writes, prefix) {
  const reply = writes.find(([command = '', at = '']) => command.toUpperCase() === 'SET' && at.startsWith(prefix))?.[1]
  return reply === undefined ? null : reply.slice(prefix.length, reply.lastIndexOf(':'))
}

/**
 * What was written in one step, such as all that a script did.
 * @param {Buffer} file
 * @returns {Generator<string[][]>}
 */
function* transactionsIn(file) {
  /** @type {string[][] | null} */
  let open = null
  for (const command of commandsIn(file)) {
    const name = (command[0] ?? '').toUpperCase()
    if (name === 'MULTI') open = []
    else if (name === 'EXEC') {
      yield open ?? []
      open = null
    } else if (open) open.push(command)
    else yield [command]
  }
}

/**
 * The commands of an append-only file, each an array of bulk strings. An end that was cut off is passed over, as Redis does.
 * @param {Buffer} file
 * @returns {Generator<string[]>}
 */
function* commandsIn(file) {
  let at = 0
  const line = () => {
    const end = file.indexOf('\r\n', at)
    const text = end < 0 ? '' : file.toString('latin1', at, end)
    at = end < 0 ? file.length : end + 2
    return text
  }
  while (at < file.length) {
    const head = line()
    if (!head.startsWith('*')) continue
    const parts = []
    for (let part = 0; part < Number(head.slice(1)); part += 1) {
      const length = Number(line().slice(1))
      parts.push(file.toString('utf8', at, at + length))
      at += length + 2
    }
    if (at <= file.length) yield parts
  }
}

async function main() {
  const { values } = parseArgs({ options: { redis: { type: 'string' }, pipeline: { type: 'string', default: 'default' }, expect: { type: 'string' }, aof: { type: 'string' } } })
  const url = values.redis ?? process.env['SLUICE_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
  const socket = /^unix:(?:\/\/)?(\/.*)$/.exec(url)?.[1]
  const redis = socket === undefined ? new Redis(url) : new Redis({ path: socket })
  const expected = values.expect ? (await readFile(values.expect, 'utf8')).split('\n').filter(Boolean) : []
  const count = await recount(redis, values.pipeline, expected)
  redis.disconnect()
  const history = values.aof ? await readHistory(values.aof, values.pipeline) : null
  process.stdout.write(`${JSON.stringify({ ...count, ...history })}\n`)
  process.exitCode = isWhole(count) && !history?.doneTwice.length && !history?.settledByOthers.length ? 0 : 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
