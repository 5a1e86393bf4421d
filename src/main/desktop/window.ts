import { app, BrowserWindow, nativeTheme } from 'electron'
import { WINDOW_URL } from './app-protocol'
import { offerReload } from './dialogs'
import { windowOptions } from './window-options'

/** Creates the console's window, hidden and empty; `loadWindow` fills it, and it is shown once it has drawn itself. */
export function createWindow(preloadFile: string): BrowserWindow {
  const window = new BrowserWindow(
    windowOptions({ preloadFile, dark: nativeTheme.shouldUseDarkColors, packaged: app.isPackaged }),
  )
  window.once('ready-to-show', () => window.show())
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
