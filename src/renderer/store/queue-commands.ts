import type { CommandReply, SluiceBridge } from '../../shared/ipc-contract'
import type { PriorityChoice, WaitingRowsRequest, WaitingSearch } from '../../shared/waiting-pairs'
import { askOf } from './ask'

/** What the queue view asks for. A refusal is said in main's words. */
export interface QueueCommands {
  readonly rows: (request: WaitingRowsRequest) => Promise<CommandReply<'queue:rows'>>
  readonly search: (search: WaitingSearch) => Promise<CommandReply<'queue:search'>>
  /** Answers how many pairs changed. */
  readonly prioritize: (choice: PriorityChoice) => Promise<CommandReply<'queue:prioritize'>>
}

export function createQueueCommands(bridge: SluiceBridge, unreachable: string): QueueCommands {
  const ask = askOf(bridge, unreachable)
  return {
    rows: (request) => ask('queue:rows', request),
    search: (search) => ask('queue:search', search),
    prioritize: (choice) => ask('queue:prioritize', choice),
  }
}
