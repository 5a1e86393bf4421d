import type { WaitingShelf } from '../operator/ports'
import type { CommandHandlers } from './command-gate'
import { inWords } from './in-words'

type WaitingCommands = Pick<CommandHandlers, 'queue:rows' | 'queue:search' | 'queue:prioritize' | 'queue:undo-prioritize'>

/** The commands of the queue view. */
export function waitingCommands(shelf: WaitingShelf): WaitingCommands {
  return {
    'queue:rows': (request) => shelf.rows(request),
    'queue:search': (search) => shelf.search(search),
    'queue:prioritize': (choice) => shelf.prioritize(choice),
    'queue:undo-prioritize': () => inWords(shelf.undoPrioritize()),
  }
}
