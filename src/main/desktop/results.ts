import type { PairLens, ResultShelf } from '../operator/ports'
import type { CommandHandlers } from './command-gate'

type ResultCommands = Pick<CommandHandlers, 'results:query' | 'results:rows' | 'pair:result' | 'pair:trades' | 'pair:birdeye-figures'>

/** The commands of the results view and of a pair's page. */
export function resultCommands(shelf: ResultShelf, lens: PairLens): ResultCommands {
  return {
    'results:query': (query) => shelf.query(query),
    'results:rows': (request) => shelf.rows(request),
    'pair:result': (id) => lens.result(id),
    'pair:trades': (id) => lens.trades(id),
    'pair:birdeye-figures': (id) => lens.birdeyeFigures(id),
  }
}
