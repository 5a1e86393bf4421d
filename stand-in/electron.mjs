/** What `import … from 'electron'` finds under the stand-in. What is not here does not exist, and the import fails. */
export { app } from './app.mjs'
export { BrowserWindow } from './browser-window.mjs'
export { dialog } from './dialog.mjs'
export { ipcMain } from './ipc-main.mjs'
export { nativeTheme } from './native-theme.mjs'
export { session } from './session.mjs'
export { Menu } from './menu.mjs'
export { nativeImage, Tray } from './tray.mjs'
export { Notification, safeStorage, screen, shell } from './system.mjs'
import { EventEmitter } from 'node:events'
import { app } from './app.mjs'
import { protocolModule } from './schemes.mjs'
import { strict } from './strict.mjs'

export const protocol = protocolModule(() => app.isReady())

/** Nobody tells a program outside of Electron that the computer goes to sleep: it never emits. */
export const powerMonitor = strict('powerMonitor', new EventEmitter())
