import type { FailureChoice, FailureFilter, FailureRow, FailureSelection } from '../../shared/failures'
import type { CommandReply, SluiceBridge } from '../../shared/ipc-contract'
import { askOf } from './ask'

/** What the failures view asks for. A refusal is said in main's words. */
export interface FailureCommands {
  readonly query: (filter: FailureFilter) => Promise<CommandReply<'failures:query'>>
  /** Null where they cannot be had: the selection is out of date, or main does not answer. */
  readonly rows: (selection: FailureSelection, from: number, count: number) => Promise<readonly FailureRow[] | null>
  readonly retry: (choice: FailureChoice) => Promise<CommandReply<'failures:retry'>>
  readonly discard: (choice: FailureChoice) => Promise<CommandReply<'failures:discard'>>
}

export function createFailureCommands(bridge: SluiceBridge, unreachable: string): FailureCommands {
  const ask = askOf(bridge, unreachable)
  return {
    query: (filter) => ask('failures:query', filter),
    rows: async ({ selection }, from, count) => {
      const reply = await ask('failures:rows', { selection, from, count })
      return reply.ok ? reply.value : null
    },
    retry: (choice) => ask('failures:retry', choice),
    discard: (choice) => ask('failures:discard', choice),
  }
}
