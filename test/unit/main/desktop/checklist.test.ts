import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * What can be undone by one line in a place that no other test of the desktop looks at. docs/security.md names the test of
 * each item of Electron's checklist; this file has those that are about the source as a whole.
 */
const root = resolve(import.meta.dirname, '../../../..')
const src = join(root, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(tsx?|mjs|html)$/.test(file))
  .map((file) => ({ name: file.replaceAll('\\', '/'), text: readFileSync(join(src, file), 'utf8') }))
const textOf = (name: string) => files.find((file) => file.name === name)?.text ?? ''
const filesWith = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name)
const entry = textOf('main/index.ts')
const orderIn = (text: string, ...calls: string[]) => calls.map((call) => text.indexOf(call))

describe("Electron's checklist in the source", () => {
  it('4: puts every renderer into the sandbox, before the app is ready', () => {
    const [sandbox = -1, ready = -1] = orderIn(entry, 'app.enableSandbox()', 'app.whenReady()')
    expect(sandbox).toBeGreaterThan(-1)
    expect(ready).toBeGreaterThan(sandbox)
    expect(filesWith(/no-sandbox|noSandbox/)).toEqual([])
  })

  it('5, 12–14: installs what refuses before there is a window', () => {
    const [refusals = -1, protocol = -1, window = -1] = orderIn(entry, 'installSecurity(app,', 'protocol.handle(', 'createWindow(')
    expect(refusals).toBeGreaterThan(-1)
    expect(protocol).toBeGreaterThan(refusals)
    expect(window).toBeGreaterThan(protocol)
  })

  it('2–4, 6, 8–11: makes windows in one place, with the options that have a test', () => {
    expect(filesWith(/new (BrowserWindow|BrowserView|WebContentsView|BaseWindow)\b/)).toEqual(['main/desktop/window.ts'])
    expect(textOf('main/desktop/window.ts')).toMatch(/new BrowserWindow\(\s*windowOptions\(/)
  })

  it('6, 8–10: loosens nothing by switches of Chromium or of the page', () => {
    expect(filesWith(/appendSwitch|appendArgument|enableBlinkFeatures|<webview|allowpopups|bypassCSP/i)).toEqual([])
  })

  it('15: opens pages in the browser in one place', () => {
    expect(filesWith(/\.openExternal\(|\bopenExternal\b[^(]*\(/)).toEqual(['main/desktop/links.ts'])
  })

  it('16: uses a current Electron, and just the one that was tested', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> }
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(Number.parseInt(devDependencies['electron'] ?? '', 10)).toBeGreaterThanOrEqual(45)
  })

  it('17: opens channels in one place, which checks sender and payload', () => {
    expect(filesWith(/\bipcMain\b/).filter((name) => name !== 'main/desktop/ipc.ts')).toEqual([])
    expect(textOf('main/desktop/ipc.ts').match(/ipcMain\.\w+\(/g)).toEqual(['ipcMain.handle('])
    expect(textOf('main/desktop/ipc.ts')).toContain('answerCommand(')
    expect(filesWith(/MessageChannelMain|webContents\.ipc\b|executeJavaScript/)).toEqual([])
  })

  it('18: loads the page from its own scheme alone', () => {
    expect(filesWith(/\bloadFile\(|file:\/\/|\.interceptFileProtocol|registerFileProtocol/)).toEqual([])
    expect(filesWith(/\.loadURL\(/)).toEqual(['main/desktop/window.ts'])
  })

  it('20: hands the page the bridge, and nothing of Electron', () => {
    expect(filesWith(/contextBridge/)).toEqual(['preload/index.ts'])
    expect(textOf('preload/index.ts').match(/exposeInMainWorld\([^)]*\)/g)).toEqual(["exposeInMainWorld('sluice', createBridge(ipcRenderer)"])
  })

  it('keeps its secrets from what Electron starts, before anything is opened', () => {
    expect(entry.match(/process\.env/g)).toHaveLength(1)
    expect(entry).toMatch(/^const env = takeEnvironment\(process\.env\)\n[^]*^main\(\)/m)
  })

  it('takes the place of the command line, which may hold a password, before anything else is done', () => {
    for (const text of [entry, textOf('main/cli.ts')]) {
      const [title = -1, first = -1] = orderIn(text, "\nprocess.title = 'sluice'\n", 'main()\n')
      expect(title).toBeGreaterThan(-1)
      expect(first).toBeGreaterThan(title)
    }
  })

  it('writes no crash dumps or reports, which would hold what is in memory', () => {
    expect(filesWith(/crashReporter|process\.report|takeHeapSnapshot|writeHeapSnapshot/)).toEqual([])
  })

  it('brings the window to the front for a second app, before anything else is opened', () => {
    const [first = -1, ready = -1] = orderIn(entry, 'if (!claimFirstInstance(app, focusWindow)) return', 'app.whenReady()')
    expect(first).toBeGreaterThan(-1)
    expect(ready).toBeGreaterThan(first)
  })

  it('runs no text as code', () => {
    expect(filesWith(/\beval\(|new Function\(|dangerouslySetInnerHTML|innerHTML\s*=|insertAdjacentHTML/)).toEqual([])
  })
})
