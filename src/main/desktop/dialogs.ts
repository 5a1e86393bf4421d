import { dialog, type BrowserWindow } from 'electron'

/** Asks where to save a CSV. Answers the absolute path, null when the person dismissed the dialog. */
export async function chooseSaveFile(window: BrowserWindow, suggestedName: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export CSV',
    defaultPath: suggestedName,
    filters: [{ name: 'CSV', extensions: ['csv'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled || filePath === '' ? null : filePath
}

/** Asks for a file of pairs. Answers its absolute path, null when the person dismissed the dialog. */
export async function chooseImportFile(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import pairs',
    filters: [
      { name: 'CSV or JSON lines', extensions: ['csv', 'tsv', 'txt', 'jsonl', 'ndjson', 'json'] },
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['openFile'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

/** Asks where to save a settings file. Answers the absolute path, null when the person dismissed the dialog. */
export async function chooseSettingsFile(window: BrowserWindow, suggestedName: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export settings',
    defaultPath: suggestedName,
    filters: [{ name: 'TOML', extensions: ['toml'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled || filePath === '' ? null : filePath
}

/** Asks whether to quit although pairs are in flight. */
export async function confirmQuit(window: BrowserWindow, inFlight: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: inFlight === 1 ? 'One pair is in flight.' : `${inFlight} pairs are in flight.`,
    detail: 'Quitting gives what is in flight back to the front of the queue. Nothing is lost.',
    buttons: ['Keep working', 'Give back and quit'],
    defaultId: 1,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

/** Says that the page has died, and loads it again when the person wants it. */
export async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: `The window's page has ended (${reason}).`,
    detail: 'The engine is not touched by this and works on. Load the page again to see it.',
    buttons: ['Load again', 'Leave it'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  })
  if (response === 0 && !window.isDestroyed()) window.reload()
}

/** Says why the app cannot start. Works before any window exists; the caller ends the app. */
export function reportStartFailure(error: unknown): void {
  dialog.showErrorBox('Sluice cannot start', error instanceof Error ? error.message : String(error))
}
