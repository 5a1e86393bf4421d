import { clickInApplicationMenu } from './menu.mjs'
import { clickInTray, trayWords } from './tray.mjs'

/**
 * The hand on what Chromium's window does not show: the native menu and the tray. Only for who tests: it is reached by the channel
 * of the process that forked this one.
 */
export function takeHand() {
  process.on('message', (/** @type {any} */ message) => {
    if (!message || typeof message !== 'object' || !('hand' in message)) return
    process.send?.({ hand: message.hand, ...answer(message) })
  })
  // A test that was ended in the middle of its work leaves nobody to quit this.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}

/** @param {{ menu?: string[], tray?: string[] }} asked */
function answer({ menu, tray }) {
  try {
    if (menu) clickInApplicationMenu(menu)
    if (tray) clickInTray(tray)
    return { words: trayWords() }
  } catch (error) {
    return { words: [], problem: String(error) }
  }
}
