import { basename, extname } from 'node:path'
import type { PairImports } from '../operator/pair-imports'
import type { CommandHandlers } from './command-gate'
import { inWords } from './in-words'

/** What the desktop does for an import. */
export interface ImportDesk {
  /** Asks for a file of pairs. Answers its absolute path, null when the person dismissed the question. */
  chooseImportFile(): Promise<string | null>
  /** Asks where to save a CSV. Answers the absolute path, null when the person dismissed the question. */
  chooseFile(suggestedName: string): Promise<string | null>
}

type ImportCommands = Pick<
  CommandHandlers,
  | 'import:choose'
  | 'import:drop'
  | 'import:drop-piece'
  | 'import:drop-end'
  | 'import:queue'
  | 'import:cancel'
  | 'import:dismiss'
  | 'import:save-rejected'
>

/** The import commands of the window. It names imports by their ids: paths come from the dialogs alone. */
export function importCommands(imports: PairImports, desk: ImportDesk): ImportCommands {
  return {
    'import:choose': async () => {
      const file = await desk.chooseImportFile()
      return file === null ? { kind: 'dismissed' } : { kind: 'begun', id: await inWords(imports.open(file)) }
    },
    'import:drop': ({ name, bytes }) => inWords(imports.receive(basename(name), bytes)),
    'import:drop-piece': ({ id, at, piece }) => imports.takePiece(id, at, piece),
    'import:drop-end': (id) => imports.received(id),
    'import:queue': (id) => inWords(Promise.resolve().then(() => imports.queue(id))),
    'import:cancel': (id) => imports.cancel(id),
    'import:dismiss': (id) => imports.dismiss(id),
    'import:save-rejected': async (id) => {
      const name = imports.progress?.name ?? 'pairs'
      const file = await desk.chooseFile(`${basename(name, extname(name))}-rejected.csv`)
      return file === null ? null : { file, rows: await inWords(imports.saveRejected(id, file)) }
    },
  }
}
