import type { BrowserWindow } from 'electron'
import type { Frame } from '../../shared/frames'
import type { Pushes } from '../../shared/ipc-contract'

const CHANNEL = 'frame' satisfies keyof Pushes

/**
 * Hands each frame on to the window until the window is closed. The operator sets the pace (MAX_FRAMES_PER_SECOND): a
 * frame holds only what is new since the one before, so none may be left out or joined here.
 */
export function pushFrames(
  window: BrowserWindow,
  subscribe: (listener: (frame: Frame) => void) => () => void,
): void {
  const unsubscribe = subscribe((frame) => {
    // A page that died is given a snapshot when it is loaded again.
    if (window.isDestroyed() || window.webContents.isCrashed()) return
    window.webContents.send(CHANNEL, frame)
  })
  window.once('closed', unsubscribe)
}
