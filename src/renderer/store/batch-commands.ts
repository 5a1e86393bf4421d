import type { CommandReply, SluiceBridge } from '../../shared/ipc-contract'
import { askOf } from './ask'

/** What the batches view asks for. A refusal is said in main's words. */
export interface BatchCommands {
  readonly pairs: (number: number) => Promise<CommandReply<'batch:pairs'>>
}

export function createBatchCommands(bridge: SluiceBridge, unreachable: string): BatchCommands {
  const ask = askOf(bridge, unreachable)
  return { pairs: (number) => ask('batch:pairs', number) }
}
