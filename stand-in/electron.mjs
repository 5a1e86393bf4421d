/** What `import … from 'electron'` finds under the stand-in. What is not here does not exist, and the import fails. */
export { app } from './app.mjs'
export { BrowserWindow } from './browser-window.mjs'
export { dialog } from './dialog.mjs'
export { ipcMain } from './ipc-main.mjs'
export { nativeTheme } from './native-theme.mjs'
export { session } from './session.mjs'
export { Menu, safeStorage, shell } from './system.mjs'
import { app } from './app.mjs'
import { protocolModule } from './schemes.mjs'

export const protocol = protocolModule(() => app.isReady())
