import type { CommandArguments, CommandName, CommandReply, SluiceBridge } from '../../shared/ipc-contract'
import { IMPORT_PIECE_BYTES } from '../../shared/pair-import'
import { askOf } from './ask'
import type { ConsoleStore } from './console-store'

/** The part of a dropped `File` that is needed. */
export interface DroppedBytes {
  readonly name: string
  readonly size: number
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> }
}

/** What an import asks for. How it goes is in the picture; a refusal stands in the store, in main's words. */
export interface ImportCommands {
  readonly choose: () => Promise<void>
  /** Hands a file over to main, piece by piece: it never stands in memory as a whole. */
  readonly drop: (file: DroppedBytes) => Promise<void>
  readonly queue: (id: string) => Promise<void>
  readonly cancel: (id: string) => Promise<void>
  readonly dismiss: (id: string) => Promise<void>
  /** Null when the dialog was dismissed, or main refused. */
  readonly saveRejected: (id: string) => Promise<{ readonly file: string; readonly rows: number } | null>
  /** Says why a file is not even tried. */
  readonly refuse: (words: string) => void
  /** Closes the dialog while the import goes on. */
  readonly hide: (id: string) => void
  readonly show: () => void
}

interface Words {
  readonly unreachable: string
  readonly unreadable: string
}

export function createImportCommands(bridge: SluiceBridge, store: ConsoleStore, { unreachable, unreadable }: Words): ImportCommands {
  const askMain = askOf(bridge, unreachable)
  const refuse = (problem: string | null) => store.setState(({ importView }) => ({ importView: { ...importView, problem } }))
  const goOn = async <C extends CommandName>(name: C, ...args: CommandArguments<C>): Promise<CommandReply<C>> => {
    const reply = await askMain(name, ...args)
    if (!reply.ok) refuse(reply.message)
    return reply
  }
  // What was wrong before is forgotten when something new is asked for, not with the answer: what is said meanwhile stays.
  const ask = <C extends CommandName>(name: C, ...args: CommandArguments<C>): Promise<CommandReply<C>> => {
    refuse(null)
    return goOn(name, ...args)
  }
  return {
    choose: async () => void (await ask('import:choose')),
    drop: async (file) => {
      const begun = await ask('import:drop', { name: file.name, bytes: file.size })
      if (!begun.ok) return
      const id = begun.value
      for (let at = 0; at < file.size; at += IMPORT_PIECE_BYTES) {
        const piece = await bytesOf(file, at)
        if (piece === null) {
          await ask('import:dismiss', id)
          return refuse(unreadable)
        }
        const taken = await goOn('import:drop-piece', { id, at, piece })
        if (!taken.ok || !taken.value) return
      }
      await goOn('import:drop-end', id)
    },
    queue: async (id) => void (await ask('import:queue', id)),
    cancel: async (id) => void (await ask('import:cancel', id)),
    dismiss: async (id) => void (await ask('import:dismiss', id)),
    saveRejected: async (id) => {
      const reply = await ask('import:save-rejected', id)
      return reply.ok ? reply.value : null
    },
    refuse,
    hide: (id) => store.setState({ importView: { hiddenId: id, problem: null } }),
    show: () => store.setState({ importView: { hiddenId: null, problem: null } }),
  }
}

/** Null where it cannot be read: it was changed, or it is a folder. */
async function bytesOf(file: DroppedBytes, at: number): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const piece = new Uint8Array(await file.slice(at, Math.min(at + IMPORT_PIECE_BYTES, file.size)).arrayBuffer())
    return piece.length > 0 ? piece : null
  } catch {
    return null
  }
}
