import type { SluiceBridge } from '../../shared/ipc-contract'
import { createContext, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { BatchCommands } from './batch-commands'
import type { Commands } from './commands'
import type { ConnectionCommands } from './connection-commands'
import type { ConsoleState, ConsoleStore } from './console-store'
import type { FailureCommands } from './failure-commands'
import type { FrameTurns } from './frame-turns'
import type { ImportCommands } from './import-commands'
import type { Picture } from './picture'
import type { QueueCommands } from './queue-commands'
import type { Replay } from './replay'
import type { ResultCommands } from './result-commands'
import type { RunCommands } from './run-commands'
import type { SimulatorCommands } from './simulator-commands'

export interface Console {
  readonly store: ConsoleStore
  readonly turns: FrameTurns
  readonly commands: Commands
  readonly connections: ConnectionCommands
  readonly results: ResultCommands
  readonly failures: FailureCommands
  readonly queue: QueueCommands
  readonly imports: ImportCommands
  readonly batches: BatchCommands
  readonly simulator: SimulatorCommands
  readonly runs: RunCommands
  readonly replay: Replay
  /** Calls the listener for what is asked for in the native menu; answers the function that ends it. */
  readonly onAction: SluiceBridge['onAction']
}

export const ConsoleContext = createContext<Console | null>(null)

export function useConsoleContext(): Console {
  const console = useContext(ConsoleContext)
  if (console === null) throw new Error('A component that reads the console stands outside of ConsoleContext')
  return console
}

export function useCommands(): Commands {
  return useConsoleContext().commands
}

export function useConnections(): ConnectionCommands {
  return useConsoleContext().connections
}

export function useResultCommands(): ResultCommands {
  return useConsoleContext().results
}

export function useFailureCommands(): FailureCommands {
  return useConsoleContext().failures
}

export function useQueueCommands(): QueueCommands {
  return useConsoleContext().queue
}

export function useBatchCommands(): BatchCommands {
  return useConsoleContext().batches
}

export function useSimulatorCommands(): SimulatorCommands {
  return useConsoleContext().simulator
}

export function useRunCommands(): RunCommands {
  return useConsoleContext().runs
}

export function useReplay(): Replay {
  return useConsoleContext().replay
}

/** Whether a recording is on screen: what would change the live engine is out of reach then. */
export function useIsReplaying(): boolean {
  return useConsole((state) => state.replay !== null)
}

export function useImportCommands(): ImportCommands {
  return useConsoleContext().imports
}

export function useConsoleStore(): ConsoleStore {
  return useConsoleContext().store
}

/** Renders again when what the selector picks has changed. */
export function useConsole<T>(select: (state: ConsoleState) => T): T {
  return useStore(useConsoleContext().store, select)
}

/** The same for the picture; only for components below the gate that waits for the first snapshot. */
export function usePicture<T>(select: (picture: Picture) => T): T {
  return useConsole((state) => select(pictureOf(state)))
}

/**
 * The same for what is dear to draw: it follows in a frame of its own, after the figures that are read at a glance. The selector
 * is to stay the same.
 */
export function usePictureInTurn<T>(select: (picture: Picture) => T): T {
  const { store, turns } = useConsoleContext()
  const [shown, setShown] = useState(() => select(pictureOf(store.getState())))
  useEffect(() => {
    const draw = drawerOf((value: T) => setShown(() => value))
    return followInTurn(store, turns, () => draw(select(pictureOf(store.getState()))))
  }, [store, turns, select])
  return shown
}

/** Draws the value, unless it was the last one that was drawn; answers whether it did. */
function drawerOf<T>(show: (value: T) => void): (value: T) => boolean {
  let last: { readonly value: T } | null = null
  return (value) => {
    if (last !== null && last.value === value) return false
    last = { value }
    show(value)
    return true
  }
}

/** Takes a turn now and after each new picture; answers the function that ends it. */
function followInTurn(store: ConsoleStore, turns: FrameTurns, draw: () => boolean): () => void {
  let callOff: (() => void) | null = null
  const follow = () => {
    callOff ??= turns.take(() => {
      callOff = null
      return draw()
    })
  }
  follow()
  const unsubscribe = store.subscribe(({ picture }, before) => {
    if (picture !== before.picture) follow()
  })
  return () => {
    unsubscribe()
    callOff?.()
  }
}

function pictureOf({ picture }: ConsoleState): Picture {
  if (picture === null) throw new Error('A component that reads the picture is shown before there is one')
  return picture
}
