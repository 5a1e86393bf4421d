import type { SluiceBridge } from '../../shared/ipc-contract'
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { BatchCommands } from './batch-commands'
import type { Commands } from './commands'
import type { ConnectionCommands } from './connection-commands'
import type { ConsoleState, ConsoleStore } from './console-store'
import type { FailureCommands } from './failure-commands'
import type { FrameTurns } from './frame-turns'
import { followInTurn } from './follow-in-turn'
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
 * The same for what is dear to draw: it follows in a frame of its own, after the figures that are read at a glance. Another
 * selector is another thing that was asked for, and is there at once.
 */
export function usePictureInTurn<T>(select: (picture: Picture) => T): T {
  const { store, turns } = useConsoleContext()
  const selectNow = () => select(pictureOf(store.getState()))
  const [shown, setShown] = useState(() => ({ select, value: selectNow() }))
  const value = shown.select === select ? shown.value : selectNow()
  const onScreen = useRef(value)
  useEffect(() => {
    onScreen.current = value
  })
  useEffect(() => {
    const draw = () => {
      const newest = select(pictureOf(store.getState()))
      if (newest === onScreen.current) return false
      setShown({ select, value: newest })
      return true
    }
    return followInTurn(store, turns, draw, select)
  }, [store, turns, select])
  return value
}

function pictureOf({ picture }: ConsoleState): Picture {
  if (picture === null) throw new Error('A component that reads the picture is shown before there is one')
  return picture
}
