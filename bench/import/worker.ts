import { importPairs } from '../../src/main/transfer/import-pairs'

const [file = '', rows = ''] = process.argv.slice(2)
const every = Math.floor(Number(rows) / 10)
const startedMs = performance.now()
let taken = 0

/** A queue that takes whatever comes: what is measured is the reading. */
async function enqueue(entries: readonly string[]) {
  const before = Math.floor(taken / every)
  taken += entries.length
  if (Math.floor(taken / every) > before) say({ rows: taken })
  return entries.map(() => 'enqueued' as const)
}

function say(more: object): void {
  const memory = { rssBytes: process.memoryUsage.rss(), mostBytes: process.resourceUsage().maxRSS * 1024 }
  process.stdout.write(`${JSON.stringify({ ...more, ...memory, seconds: (performance.now() - startedMs) / 1000 })}\n`)
}

const counts = await importPairs({ file, validate: () => null, enqueue, onReject: () => {} })
say({ rows: taken, counts })
