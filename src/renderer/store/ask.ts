import type { CommandArguments, CommandName, CommandReply, SluiceBridge } from '../../shared/ipc-contract'

export type Ask = <C extends CommandName>(name: C, ...args: CommandArguments<C>) => Promise<CommandReply<C>>

/** Asks main. No answer at all is a refusal as well, with `unreachable` for its words; never rejects. */
export function askOf(bridge: SluiceBridge, unreachable: string): Ask {
  return (name, ...args) => bridge.command(name, ...args).catch(() => ({ ok: false, message: unreachable }))
}
