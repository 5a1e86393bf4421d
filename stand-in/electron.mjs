/** What `import … from 'electron'` finds under the stand-in. What is not here does not exist, and the import fails. */
export { app } from './app.mjs'
export { BrowserWindow } from './browser-window.mjs'
export { ipcMain } from './ipc-main.mjs'
export { session } from './session.mjs'
export { dialog, Menu, nativeTheme, safeStorage, shell } from './system.mjs'
import { host } from './app.mjs'
import { protocolModule } from './schemes.mjs'

export const protocol = protocolModule(host.isReady)
