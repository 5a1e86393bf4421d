import type { App, Session, WebContents } from 'electron'
import { WINDOW_URL } from './app-protocol'

/**
 * Refuses what a page could ask of the app and what this app's page never needs: to go elsewhere, to open windows or
 * webviews, any permission, any device, any download. To be called before the first window exists.
 * Source: https://www.electronjs.org/docs/latest/tutorial/security
 */
export function installSecurity(app: App, session: Session): void {
  app.on('web-contents-created', (_event, contents) => confine(contents))
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  // Exports are written by main; the page has nothing to download.
  session.on('will-download', (event) => event.preventDefault())
}

function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => {
    if (!isReload(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isReload(event.url)) event.preventDefault()
  })
}

/** The page may load itself again, whichever view its fragment names; there is no other page. */
function isReload(url: string): boolean {
  return url.split('#', 1)[0] === WINDOW_URL
}
