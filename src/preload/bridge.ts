import type { IpcRendererEvent } from 'electron'
import type { Frame } from '../shared/frames'
import type { ActionName } from '../shared/actions'
import type { CommandArguments, CommandName, CommandReply, Pushes, SluiceBridge } from '../shared/ipc-contract'

type PushListener<P extends keyof Pushes> = (event: IpcRendererEvent, pushed: Pushes[P]) => void

/** The part of Electron's `ipcRenderer` that the bridge stands on. */
export interface Ipc {
  invoke(channel: CommandName, ...args: unknown[]): Promise<unknown>
  on<P extends keyof Pushes>(channel: P, listener: PushListener<P>): unknown
  off<P extends keyof Pushes>(channel: P, listener: PushListener<P>): unknown
}

// The contract's names once more, checked against it both ways: importing its table would bring zod into the preload.
const COMMANDS = {
  snapshot: true,
  'engine:start': true,
  'engine:pause': true,
  'engine:pause-until': true,
  'engine:resume': true,
  'engine:drain': true,
  'engine:stop': true,
  'engine:set-batch-size': true,
  'engine:set-pacing': true,
  'engine:set-sizing': true,
  'engine:set-pair-limit': true,
  'engine:reset-breaker': true,
  'quota:choose': true,
  'engine:sweep': true,
  'engine:cancel-sweep': true,
  'export:start': true,
  'export:cancel': true,
  'export:reveal': true,
  'discover:preview': true,
  'discover:start': true,
  'discover:cancel': true,
  'failures:query': true,
  'failures:rows': true,
  'failures:retry': true,
  'failures:undo-retry': true,
  'failures:discard': true,
  'simulator:read': true,
  'simulator:turn': true,
  'batch:pairs': true,
  'runs:list': true,
  'runs:page': true,
  'queue:rows': true,
  'queue:search': true,
  'queue:prioritize': true,
  'queue:undo-prioritize': true,
  'import:choose': true,
  'import:drop': true,
  'import:drop-piece': true,
  'import:drop-end': true,
  'import:queue': true,
  'import:cancel': true,
  'import:dismiss': true,
  'import:save-rejected': true,
  'results:query': true,
  'results:rows': true,
  'pair:result': true,
  'pair:trades': true,
  'pair:birdeye-figures': true,
  'link:open': true,
  'connections:read': true,
  'connections:test-redis': true,
  'connections:test-key': true,
  'connections:save': true,
  'connections:take-toml': true,
  'connections:write-toml': true,
} as const satisfies Record<CommandName, true>

/** The bridge of the window: the commands and the pushes of the contract, and no other channel. */
export function createBridge(ipc: Ipc) {
  const listen = <P extends keyof Pushes>(channel: P, listener: (pushed: Pushes[P]) => void) => {
    // The event would hand the page a sender, and with it every channel.
    const handle: PushListener<P> = (_event, pushed) => listener(pushed)
    ipc.on(channel, handle)
    return () => {
      ipc.off(channel, handle)
    }
  }
  return {
    async command<C extends CommandName>(name: C, ...args: CommandArguments<C>): Promise<CommandReply<C>> {
      if (!Object.hasOwn(COMMANDS, name)) return { ok: false, message: `Sluice has no command "${name}".` }
      // Main answers each command with the reply that the contract gives it.
      return (await ipc.invoke(name, ...args)) as CommandReply<C>
    },
    onFrame(listener: (frame: Frame) => void): () => void {
      return listen('frame', listener)
    },
    onAction(listener: (name: ActionName) => void): () => void {
      return listen('action', listener)
    },
  } satisfies SluiceBridge
}
