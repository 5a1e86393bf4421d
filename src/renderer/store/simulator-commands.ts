import type { CommandReply, SluiceBridge } from '../../shared/ipc-contract'
import type { SimulatorKnobs } from '../../shared/simulator-knobs'
import { askOf } from './ask'

/** What the simulator's panel asks for. A refusal is said in main's words. */
export interface SimulatorCommands {
  readonly read: () => Promise<CommandReply<'simulator:read'>>
  readonly turn: (knobs: SimulatorKnobs) => Promise<CommandReply<'simulator:turn'>>
}

export function createSimulatorCommands(bridge: SluiceBridge, unreachable: string): SimulatorCommands {
  const ask = askOf(bridge, unreachable)
  return { read: () => ask('simulator:read'), turn: (knobs) => ask('simulator:turn', knobs) }
}
