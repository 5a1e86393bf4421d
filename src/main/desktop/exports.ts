import { access } from 'node:fs/promises'
import type { ExportKind } from '../../shared/frames'
import type { Exports } from '../operator/exports'
import { CommandRefused, type CommandHandlers } from './command-gate'

/** What the desktop does for an export. */
export interface ExportDesk {
  /** Asks for a file. Answers its absolute path, null when the person dismissed the question. */
  chooseFile(suggestedName: string): Promise<string | null>
  showInFolder(file: string): void
  wallMs(): number
}

type ExportCommands = Pick<CommandHandlers, 'export:start' | 'export:cancel' | 'export:reveal'>

/** The export commands of the window. It names exports by their ids: paths come from the dialog alone. */
export function exportCommands(exports: Exports, desk: ExportDesk): ExportCommands {
  return {
    'export:start': async (plan) => {
      const file = await desk.chooseFile(suggestedName(plan.kind, desk.wallMs()))
      return file === null ? { kind: 'dismissed' } : { kind: 'started', id: exports.start(plan, file), file }
    },
    'export:cancel': (id) => exports.cancel(id),
    'export:reveal': async (id) => desk.showInFolder(await finishedFile(exports, id)),
  }
}

/** For example `sluice-results-20260102T030405Z.csv`. */
function suggestedName(kind: ExportKind, wallMs: number): string {
  const time = new Date(wallMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `sluice-${kind}-${time}.csv`
}

async function finishedFile(exports: Exports, id: string): Promise<string> {
  const entry = exports.progress.find((candidate) => candidate.id === id)
  if (entry?.state.kind !== 'finished') {
    throw new CommandRefused('That export has not been finished in this session, so there is no file of it to show.')
  }
  try {
    await access(entry.file)
  } catch {
    throw new CommandRefused(`${entry.file} is no longer there. Export again to have a new one.`)
  }
  return entry.file
}
