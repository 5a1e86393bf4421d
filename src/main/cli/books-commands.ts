import type { ExportKind } from '../../shared/frames'
import { pairProblem } from '../analysis/addresses'
import type { Books, PairFilter } from '../assembly/books'
import { csvWriter } from '../assembly/csv-writer'
import { lostWrites } from '../assembly/lost-writes'
import { importPairs } from '../transfer/import-pairs'
import { EXIT, type Terminal } from './terminal'

/** Rates in the status are over this long. */
const STATUS_WINDOW_SECONDS = 60

/**
 * Queues the pairs of a file; each rejected row goes to stderr with its line and reason. SIGINT and SIGTERM end it between
 * two commands to the queue, a second one at once; what is queued by then stays queued. Answers the exit code.
 */
export async function enqueue(books: Books, file: string, reanalyze: boolean, terminal: Terminal): Promise<number> {
  const abort = new AbortController()
  const interrupt = () => {
    if (abort.signal.aborted) process.exit(EXIT.interrupted)
    abort.abort()
  }
  let enqueued = 0
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  // The server's time by which the queue can tell afterwards what Redis has forgotten.
  await books.queue.audit()
  try {
    const counts = await importPairs({
      file,
      validate: pairProblem,
      enqueue: async (entries) => {
        const verdicts = await books.queue.enqueue(entries, { reanalyze })
        enqueued += verdicts.filter((verdict) => verdict === 'enqueued').length
        return verdicts
      },
      onReject: ({ line, reason, excerpt }) => terminal.err(`${file}:${line}: ${reason}${excerpt ? `: ${excerpt}` : ''}`),
      signal: abort.signal,
    })
    const forgotten = await books.queue.forgotten()
    terminal.out(JSON.stringify(counts))
    if (forgotten.commands === 0) return EXIT.ok
    terminal.err(`${lostWrites(forgotten)}. Run it again: what is known is skipped`)
    return EXIT.failed
  } catch (error) {
    if (!abort.signal.aborted || error !== abort.signal.reason) throw error
    const rows = `${enqueued.toLocaleString('en-US')} rows of ${file}`
    const known = reanalyze ? 'those that still wait are skipped' : 'those are skipped'
    terminal.err(`Interrupted: ${rows} have been queued. Run it again to queue the rest: ${known}`)
    return EXIT.interrupted
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

/** Prints the ledger and the rates of the last minute. */
export async function status(books: Books, json: boolean, terminal: Terminal): Promise<number> {
  const ledger = await books.queue.audit()
  const donePerSecond = (await books.reader.doneWithin(STATUS_WINDOW_SECONDS)) / STATUS_WINDOW_SECONDS
  if (json) {
    const rates = { windowSeconds: STATUS_WINDOW_SECONDS, donePerSecond }
    terminal.out(JSON.stringify({ pipeline: books.queue.pipeline, redis: books.where, ledger, rates }))
  } else {
    const { enqueued, ready, delayed, inFlight, done, failed, discarded, lost, inbox, rejected } = ledger
    terminal.out(
      `${enqueued} enqueued = ${ready} ready + ${delayed} delayed + ${inFlight} in flight + ${done} done + ${failed} failed + ${discarded} discarded; ${lost} lost`,
    )
    terminal.out(`${inbox} in the inbox, ${rejected} rejected; ${donePerSecond.toFixed(2)} pairs/s over the last minute`)
  }
  return ledger.lost === 0 ? EXIT.ok : EXIT.failed
}

/** Writes a CSV and prints how many rows it has. */
export async function exportTo(books: Books, kind: ExportKind, file: string, terminal: Terminal): Promise<number> {
  const abort = new AbortController()
  const cancel = () => abort.abort(new Error('Interrupted: no file was written'))
  process.once('SIGINT', cancel).once('SIGTERM', cancel)
  const written = await csvWriter(books.reader)({ plan: { kind }, file, signal: abort.signal, onProgress: () => {} })
  process.off('SIGINT', cancel).off('SIGTERM', cancel)
  terminal.out(JSON.stringify({ file, ...written }))
  return EXIT.ok
}

/** Gives waiting pairs another priority, of a wallet or a token or all of them. Answers the exit code. */
export async function prioritize(books: Books, priority: number, which: PairFilter, terminal: Terminal): Promise<number> {
  let changed = 0
  for await (const ids of books.reader.waiting(which)) changed += await books.queue.prioritize(ids, priority)
  terminal.out(JSON.stringify({ changed }))
  return EXIT.ok
}
