import { Menu, Tray, type BrowserWindow } from 'electron'
import type { Frame } from '../../shared/frames'
import { trayIcon } from './tray-icon'
import { trayFacts, trayTemplate, type TrayDoings } from './tray-menu'

/** Shows in the tray or menu bar how the work stands, and lets it be paused from there, as long as the window is open. */
export function followWithTray(window: BrowserWindow, platform: NodeJS.Platform, doings: TrayDoings, subscribe: (listener: (frame: Frame) => void) => () => void): void {
  const tray = new Tray(trayIcon(platform))
  tray.on('click', () => doings.show())
  let shown = ''
  const unsubscribe = subscribe((frame) => {
    const facts = trayFacts(frame)
    const spelled = JSON.stringify(facts)
    if (spelled === shown) return
    shown = spelled
    tray.setToolTip(['Sluice', facts.state, facts.progress].filter((part) => part !== '').join(' · '))
    // Linux shows what of a menu changed only when it is set anew.
    tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(facts, doings)))
  })
  window.once('closed', () => {
    unsubscribe()
    tray.destroy()
  })
}
