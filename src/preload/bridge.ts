import type { IpcRendererEvent } from 'electron'
import type { Frame } from '../shared/frames'
import type { CommandArguments, CommandName, CommandReply, Pushes, SluiceBridge } from '../shared/ipc-contract'

type FrameListener = (event: IpcRendererEvent, frame: Frame) => void

/** The part of Electron's `ipcRenderer` that the bridge stands on. */
export interface Ipc {
  invoke(channel: CommandName, ...args: unknown[]): Promise<unknown>
  on(channel: keyof Pushes, listener: FrameListener): unknown
  off(channel: keyof Pushes, listener: FrameListener): unknown
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
  'failures:discard': true,
  'simulator:read': true,
  'simulator:turn': true,
  'batch:pairs': true,
  'runs:list': true,
  'runs:page': true,
  'queue:rows': true,
  'queue:search': true,
  'queue:prioritize': true,
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

/** The bridge of the window: the commands of the contract and its one push, and no other channel. */
export function createBridge(ipc: Ipc) {
  return {
    async command<C extends CommandName>(name: C, ...args: CommandArguments<C>): Promise<CommandReply<C>> {
      if (!Object.hasOwn(COMMANDS, name)) return { ok: false, message: `Sluice has no command "${name}".` }
      // Main answers each command with the reply that the contract gives it.
      return (await ipc.invoke(name, ...args)) as CommandReply<C>
    },
    onFrame(listener: (frame: Frame) => void): () => void {
      // The event would hand the page a sender, and with it every channel.
      const handle: FrameListener = (_event, frame) => listener(frame)
      ipc.on('frame', handle)
      return () => {
        ipc.off('frame', handle)
      }
    },
  } satisfies SluiceBridge
}
