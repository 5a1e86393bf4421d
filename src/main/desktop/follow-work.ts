import { Notification, type BrowserWindow } from 'electron'
import type { Frame } from '../../shared/frames'
import { noticeOf, progressOf, type Notice, type Seen, type TaskbarProgress } from './attention'
import { focusWindow } from './window'

/** Shows progress on the taskbar or dock, and tells of what matters while the window is not looked at. */
export function followWork(window: BrowserWindow, subscribe: (listener: (frame: Frame) => void) => () => void): void {
  let before: Seen | null = null
  let shown: TaskbarProgress = { share: -1, mode: 'normal' }
  const unsubscribe = subscribe((frame) => {
    if (window.isDestroyed()) return
    const progress = progressOf(frame)
    if (progress.share !== shown.share || progress.mode !== shown.mode) window.setProgressBar(progress.share, { mode: progress.mode })
    shown = progress
    const notice = before && noticeOf(before, frame)
    before = { state: frame.state, ledger: frame.ledger, gauges: frame.gauges }
    if (notice && !window.isFocused()) tell(notice)
  })
  window.once('closed', unsubscribe)
}

function tell(notice: Notice): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title: notice.title, body: notice.body })
  notification.on('click', focusWindow)
  notification.show()
}
