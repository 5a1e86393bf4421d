import type { WaitingShelf } from '../operator/ports'
import type { CommandHandlers } from './command-gate'

type WaitingCommands = Pick<CommandHandlers, 'queue:rows' | 'queue:search' | 'queue:prioritize'>

/** The commands of the queue view. */
export function waitingCommands(shelf: WaitingShelf): WaitingCommands {
  return {
    'queue:rows': (request) => shelf.rows(request),
    'queue:search': (search) => shelf.search(search),
    'queue:prioritize': (choice) => shelf.prioritize(choice),
  }
}
