import { failureFilterSchema, type FailureFilter } from '../../shared/failures'
import type { Books } from '../assembly/books'
import { matchesFailure } from '../assembly/failure-filter'
import { EXIT, type Terminal } from './terminal'

/** Pairs that one command moves, so that Redis is never held up. */
const MOVED_AT_ONCE = 1000

/** The flags that say which failures; each narrows the others. */
export interface FailureFlags {
  readonly reason?: FailureFilter['reason']
  readonly text?: string
  readonly wallet?: string
  readonly token?: string
  readonly minAttempts?: string
  readonly minRefusals?: string
  readonly minRecoveries?: string
}

/** The filter that flags make. Throws an Error whose message names the flag that makes no sense. */
export function failureFilterOf(flags: FailureFlags): FailureFilter {
  const { reason, text, wallet, token } = flags
  const counts = { minAttempts: flags.minAttempts, minRefusals: flags.minRefusals, minRecoveries: flags.minRecoveries }
  const given = Object.entries(counts).flatMap(([name, value]) => (value === undefined ? [] : [[name, countOf(name, value)] as const]))
  const words = Object.entries({ reason, text, wallet, token }).filter(([, value]) => value !== undefined)
  // It would let everything through: it comes from a variable of the shell that is not set.
  for (const [name, value] of words) if (value?.trim() === '') throw new Error(`--${name} is empty`)
  const filter = failureFilterSchema.safeParse(Object.fromEntries([...words, ...given]))
  if (filter.success) return filter.data
  const [issue] = filter.error.issues
  throw new Error(`--${String(issue?.path[0])}: ${issue?.message}`)
}

/** Puts the failed pairs that match back to the end of the line. Answers the exit code. */
export async function retryFailed(books: Books, filter: FailureFilter, terminal: Terminal): Promise<number> {
  const retried = await moved(books, filter, (ids) => books.queue.retryFailed(ids))
  terminal.out(JSON.stringify({ retried }))
  return EXIT.ok
}

/** Takes the failed pairs that match out of the books for good. Answers the exit code. */
export async function discardFailed(books: Books, filter: FailureFilter, terminal: Terminal): Promise<number> {
  const discarded = await moved(books, filter, (ids) => books.queue.discardFailed(ids))
  terminal.out(JSON.stringify({ discarded }))
  return EXIT.ok
}

/** Prints how many failed pairs match, and changes nothing. Answers the exit code. */
export async function countFailed(books: Books, filter: FailureFilter, terminal: Terminal): Promise<number> {
  terminal.out(JSON.stringify({ matching: await moved(books, filter, (ids) => Promise.resolve(ids.length)) }))
  return EXIT.ok
}

/** Those that fail while it works are not part of it where they come after the last look; they wait for the next time. */
async function moved({ reader }: Books, filter: FailureFilter, move: (ids: readonly string[]) => Promise<number>): Promise<number> {
  let sum = 0
  let ids: string[] = []
  for await (const failure of reader.failures()) {
    if (!matchesFailure(filter, failure)) continue
    ids.push(failure.id)
    if (ids.length < MOVED_AT_ONCE) continue
    sum += await move(ids)
    ids = []
  }
  return ids.length === 0 ? sum : sum + (await move(ids))
}

function countOf(name: string, value: string): number {
  if (/^\d{1,6}$/.test(value) && Number(value) > 0) return Number(value)
  const flag = `--${name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`
  throw new Error(`${flag}: "${value}" is not a whole number from 1 on`)
}
