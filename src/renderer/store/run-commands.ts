import type { CommandReply, SluiceBridge } from '../../shared/ipc-contract'
import { askOf } from './ask'

/** What the runs view asks for. A refusal is said in main's words. */
export interface RunCommands {
  readonly list: () => Promise<CommandReply<'runs:list'>>
}

export function createRunCommands(bridge: SluiceBridge, unreachable: string): RunCommands {
  const ask = askOf(bridge, unreachable)
  return { list: () => ask('runs:list') }
}
