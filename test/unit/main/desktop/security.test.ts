import { EventEmitter } from 'node:events'
import type { App, Session } from 'electron'
import { describe, expect, it } from 'vitest'
import { WINDOW_URL } from '../../../../src/main/desktop/app-protocol'
import { installSecurity } from '../../../../src/main/desktop/security'

/** As much of Electron's session as security.ts uses: it keeps the handlers, and grants what none refuses. */
class FakeSession extends EventEmitter {
  request = (_contents: unknown, _permission: string, answer: (granted: boolean) => void): void => answer(true)
  check = () => true
  device = () => true
  display = (_request: unknown, answer: (streams: unknown) => void): void => answer('the screen')
  setPermissionRequestHandler(handler: FakeSession['request']) {
    this.request = handler
  }
  setPermissionCheckHandler(handler: FakeSession['check']) {
    this.check = handler
  }
  setDevicePermissionHandler(handler: FakeSession['device']) {
    this.device = handler
  }
  setDisplayMediaRequestHandler(handler: FakeSession['display']) {
    this.display = handler
  }
}

class FakeContents extends EventEmitter {
  openWindow: () => { action: string } = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: () => { action: string }) {
    this.openWindow = handler
  }
}

function install() {
  const app = new EventEmitter()
  const session = new FakeSession()
  const contents = new FakeContents()
  // The fakes hold only what is used; Electron itself is not there in a unit test.
  installSecurity(app as unknown as App, session as unknown as Session)
  app.emit('web-contents-created', {}, contents)
  return { session, contents }
}

/** Whether a listener prevented the event. */
function isRefused(emitter: EventEmitter, name: string, details: object = {}): boolean {
  let prevented = false
  emitter.emit(name, { ...details, preventDefault: () => (prevented = true) })
  return prevented
}

describe('installSecurity', () => {
  it.each([
    'https://example.org/',
    'app://sluice/other.html',
    'app://other/index.html',
    'file:///etc/passwd',
    'javascript:1',
  ])('refuses to navigate to %s', (url) => {
    const { contents } = install()
    expect(isRefused(contents, 'will-navigate', { url, isMainFrame: true })).toBe(true)
    expect(isRefused(contents, 'will-frame-navigate', { url, isMainFrame: true })).toBe(true)
  })

  it('lets the page load itself again', () => {
    const { contents } = install()
    expect(isRefused(contents, 'will-navigate', { url: WINDOW_URL, isMainFrame: true })).toBe(false)
    expect(isRefused(contents, 'will-frame-navigate', { url: WINDOW_URL, isMainFrame: true })).toBe(false)
    expect(isRefused(contents, 'will-navigate', { url: `${WINDOW_URL}#log`, isMainFrame: true })).toBe(false)
    expect(isRefused(contents, 'will-navigate', { url: `https://example.org/#${WINDOW_URL}`, isMainFrame: true })).toBe(true)
  })

  it('refuses every navigation of a frame within the page', () => {
    expect(isRefused(install().contents, 'will-frame-navigate', { url: WINDOW_URL, isMainFrame: false })).toBe(true)
  })

  it('refuses redirects, webviews and new windows', () => {
    const { contents } = install()
    expect(isRefused(contents, 'will-redirect', { url: WINDOW_URL })).toBe(true)
    expect(isRefused(contents, 'will-attach-webview')).toBe(true)
    expect(contents.openWindow()).toEqual({ action: 'deny' })
  })

  it('refuses every permission, device and screen', () => {
    const { session } = install()
    const answers: unknown[] = []
    session.request({}, 'media', (granted) => answers.push(granted))
    session.display({}, (streams) => answers.push(streams))
    expect(answers).toEqual([false, null])
    expect(session.check()).toBe(false)
    expect(session.device()).toBe(false)
  })

  it('refuses downloads', () => {
    expect(isRefused(install().session, 'will-download')).toBe(true)
  })
})
