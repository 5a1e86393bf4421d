import { app, Menu, type MenuItemConstructorOptions } from 'electron'

/** Replaces Electron's own menu, which leads out to the web. The console's commands are in its window. */
export function installMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate()))
}

function menuTemplate(): MenuItemConstructorOptions[] {
  const mac = process.platform === 'darwin'
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', submenu: [...(app.isPackaged ? [] : developerItems), ...viewItems] },
    { role: 'windowMenu' },
  ]
}

const viewItems: MenuItemConstructorOptions[] = [
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { type: 'separator' },
  { role: 'togglefullscreen' },
]

const developerItems: MenuItemConstructorOptions[] = [
  { role: 'reload' },
  { role: 'toggleDevTools' },
  { type: 'separator' },
]
