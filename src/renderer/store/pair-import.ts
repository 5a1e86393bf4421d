import type { ImportCounts, ImportProgress } from '../../shared/pair-import'
import type { ConsoleState } from './console-store'

/** What the person has made of the dialog of the import. */
export interface ImportView {
  /** The import whose dialog is closed while it goes on. */
  readonly hiddenId: string | null
  /** Why the last thing that was asked for cannot be done. */
  readonly problem: string | null
}

export const NO_IMPORT_VIEW: ImportView = { hiddenId: null, problem: null }

/** How much of the file has been read, 0–1; never all before the end. */
export function importShareOf({ readBytes, bytes }: ImportProgress): number {
  return bytes === 0 ? 0 : Math.min(0.99, readBytes / bytes)
}

/** The rows that have been looked at. */
export function rowsOf({ fresh, duplicates, rejected }: ImportCounts): number {
  return fresh + duplicates + rejected
}

/** Whether the dialog of the import is open. */
export function isImportShown({ picture, importView }: ConsoleState): boolean {
  const { hiddenId, problem } = importView
  return problem !== null || (picture?.pairImport != null && picture.pairImport.id !== hiddenId)
}
