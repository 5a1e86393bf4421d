import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { WINDOW_URL } from './app-protocol'
import { offerReload } from './dialogs'
import { windowOptions } from './window-options'
import { keepPlace, keptPlace, placeOn } from './window-place'

export interface WindowFiles {
  readonly preload: string
  /** Where the window's place is kept. */
  readonly place: string
}

/** Creates the console's window, hidden and empty; `loadWindow` fills it, and it is shown once it has drawn itself. */
export function createWindow(files: WindowFiles, log: (line: string) => void): BrowserWindow {
  const place = placeOn(screen.getAllDisplays().map(({ workArea }) => workArea), keptPlace(files.place))
  const window = new BrowserWindow(
    windowOptions({
      preloadFile: files.preload,
      dark: nativeTheme.shouldUseDarkColors,
      packaged: app.isPackaged,
      bounds: place?.bounds ?? null,
    }),
  )
  keepPlace(window, files.place, log)
  window.once('ready-to-show', () => {
    if (place?.isMaximized) window.maximize()
    window.show()
  })
  // The engine lives in main and works on; only the picture is gone.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) void offerReload(window, reason)
  })
  return window
}

/** Loads the page. Rejects when it cannot be served, for example before the renderer is built. */
export function loadWindow(window: BrowserWindow): Promise<void> {
  return window.loadURL(WINDOW_URL)
}

/** Brings the window to the front, if there is one already. */
export function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (!window) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
