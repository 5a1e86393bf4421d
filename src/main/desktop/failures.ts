import type { FailureShelf } from '../operator/ports'
import type { CommandHandlers } from './command-gate'
import { inWords } from './in-words'

type FailureCommands = Pick<CommandHandlers, 'failures:query' | 'failures:rows' | 'failures:retry' | 'failures:undo-retry' | 'failures:discard'>

/** The commands of the failures view. */
export function failureCommands(shelf: FailureShelf): FailureCommands {
  return {
    'failures:query': (filter) => shelf.query(filter),
    'failures:rows': (request) => shelf.rows(request),
    'failures:retry': (choice) => inWords(shelf.retry(choice)),
    'failures:undo-retry': () => inWords(shelf.undoRetry()),
    'failures:discard': (choice) => inWords(shelf.discard(choice)),
  }
}
