import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { findChromium } from '../../scripts/setup/chromium.mjs'
import { launchApp, usesElectron, type RunningApp } from '../support/app'

/** What the small app's preload puts on the window. */
interface Small {
  invoke(channel: string, value?: unknown): Promise<unknown>
  onPush(listener: (value: unknown) => void): () => void
}

const folder = resolve(import.meta.dirname, 'fixtures/small-app')
const env = { SMALL_PRELOAD: join(folder, 'preload.cjs') }
let app: RunningApp

beforeAll(async () => void (app = await launchApp({ folder, env })))
afterAll(async () => void (await app?.quit()))

/** The same behaviour is wanted of Electron and of its stand-in: a small app, run in whichever is here. */
describe('the host of the app', () => {
  it('keeps page and preload in worlds of their own', async () => {
    const seen = await app.page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'ipcRenderer')])
    expect(seen).toEqual(['undefined', 'undefined'])
  })

  it('carries what the structured clone carries, there and back', async () => {
    const result = await app.page.evaluate(async () => {
      const { small } = window as unknown as { small: Small } // the fixture's preload put it there
      const value = {
        text: 'ü',
        date: new Date(5),
        big: 2n ** 70n,
        map: new Map([['a', new Set([1, 2])]]),
        bytes: new Uint8Array([1, 2, 255]),
        buffer: new Uint8Array([7]).buffer,
        wide: new BigInt64Array([-3n]),
        pattern: /ü+/gu,
        wrong: new RangeError('too far'),
        nothing: undefined,
        odd: [NaN, -0, Infinity, null],
        $: 'not a tag',
      }
      const back = (await small.invoke('echo', value)) as typeof value // echoed
      return [
        back.text,
        back.date.getTime(),
        String(back.big),
        [...(back.map.get('a') ?? [])],
        [...back.bytes],
        [...new Uint8Array(back.buffer)],
        String(back.wide[0]),
        String(back.pattern),
        String(back.wrong),
        'nothing' in back,
        back.odd.map((item) => (Object.is(item, -0) ? '-0' : String(item))),
        back.$,
      ]
    })
    expect(result).toEqual(['ü', 5, String(2n ** 70n), [1, 2], [1, 2, 255], [7], '-3', '/ü+/gu', 'RangeError: too far', true, ['NaN', '-0', 'Infinity', 'null'], 'not a tag'])
  })

  it('refuses to carry what the structured clone refuses', async () => {
    const message = await app.page.evaluate(() => {
      const { small } = window as unknown as { small: Small }
      return small.invoke('echo', { file: new Blob(['x']) }).then(String, (error: Error) => error.message)
    })
    expect(message).toContain('could not be cloned')
  })

  it('tells main who sent a message', async () => {
    const sender = await app.page.evaluate(() => (window as unknown as { small: Small }).small.invoke('sender'))
    expect(sender).toEqual({ origin: 'small://app', url: 'small://app/', isTop: true })
  })

  it('rejects with the error of the handler, and for a channel without one', async () => {
    const messages = await app.page.evaluate(async () => {
      const { small } = window as unknown as { small: Small }
      const messageOf = (channel: string) => small.invoke(channel).then(String, (error: Error) => error.message)
      return Promise.all([messageOf('fail'), messageOf('nobody')])
    })
    expect(messages).toEqual([
      "Error invoking remote method 'fail': Error: on purpose",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    ])
  })

  it('pushes to the page until it unsubscribes', async () => {
    const seen = await app.page.evaluate(async () => {
      const { small } = window as unknown as { small: Small }
      const pushed: unknown[] = []
      const first = new Promise<void>((done) => {
        const end = small.onPush((value) => {
          pushed.push((value as { at: Date }).at.getTime())
          end()
          done()
        })
      })
      await small.invoke('push')
      await first
      await small.invoke('push')
      await small.invoke('echo')
      return pushed
    })
    expect(seen).toEqual([5])
  })

  it('enforces the content security policy of the protocol handler', async () => {
    const ran = await app.page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.ran = true'
      document.body.append(script)
      return Reflect.has(window, 'ran')
    })
    expect(ran).toBe(false)
  })

  it('lets the app refuse navigation and windows, and asks the network for none of them', async () => {
    const { page } = app
    const elsewhere = await strangeSite()
    const opened = await page.evaluate((base) => {
      const link = document.createElement('a')
      Object.assign(link, { href: `${base}/link`, target: '_blank', rel: 'opener' })
      document.body.append(link)
      link.click()
      location.assign(`${base}/gone`)
      return window.open(`${base}/script`)
    }, elsewhere.url)
    expect(opened).toBeNull()
    await expect.poll(() => app.printed()).toContain(`asked to open ${elsewhere.url}/link`)
    await expect.poll(() => app.printed()).toContain(`asked to open ${elsewhere.url}/script`)
    await expect.poll(() => page.context().pages().length).toBe(1)
    expect(await page.locator('#text').innerText()).toBe('small app')
    expect(elsewhere.asked).toEqual([])
  })

  it('lets the app refuse downloads', async () => {
    await app.page.evaluate(() => {
      const link = document.createElement('a')
      Object.assign(link, { href: URL.createObjectURL(new Blob(['x'])), download: 'unwanted.txt' })
      link.click()
    })
    await expect.poll(() => app.printed()).toContain('asked to download unwanted.txt')
    expect(await filesBelow(app.home)).not.toContain('unwanted.txt')
  })

  it('gives the page the colours that the app chooses', async () => {
    const choose = (source: string) =>
      app.page.evaluate((name) => (window as unknown as { small: Small }).small.invoke('use-theme', name), source)
    const pageIsDark = () => app.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
    expect(await choose('light')).toBe(false)
    await expect.poll(pageIsDark).toBe(false)
    expect(app.printed()).toContain('theme updated, dark: false')
    expect(await choose('system')).toBe(true)
    await expect.poll(pageIsDark).toBe(true)
  })

  it('lets one app run on a user-data folder, and tells it of the second', async () => {
    const again = launchApp({ folder, args: ['hello'], env: { ...env, SLUICE_USER_DATA_DIR: join(app.home, 'data') } })
    await expect(again).rejects.toThrow('not the first')
    await expect.poll(() => app.printed()).toContain('second instance: hello')
  })
})

const unused = 'skipped: Electron is installed and there is a display, so that the apps run in Electron itself'
describe.skipIf(usesElectron())(`the stand-in${usesElectron() ? ` (${unused})` : ''}`, () => {
  it('throws at what it does not have, and at options that it cannot honour', async () => {
    expect(await app.page.evaluate(() => (window as unknown as { small: Small }).small.invoke('refused'))).toEqual([
      'The stand-in for Electron has no app.setBadgeCount',
      'The stand-in for Electron has no app.name',
      'The stand-in for Electron does not know the window option frame',
      'The stand-in for Electron does not know the web preference offscreen',
      'The stand-in for Electron cannot run with contextIsolation: false',
    ])
  })

  it('gives main the arguments that Electron gives it', async () => {
    expect(await app.page.evaluate(() => (window as unknown as { small: Small }).small.invoke('argv'))).toEqual([folder])
  })

  it('saves to the downloads where no dialog can be shown, and never over a file', async () => {
    const save = () => app.page.evaluate(() => (window as unknown as { small: Small }).small.invoke('save'))
    const first = String(await save())
    expect(first).toBe(join(app.home, 'Downloads', 'report.csv'))
    await writeFile(first, 'precious')
    expect(await save()).toBe(join(app.home, 'Downloads', 'report (2).csv'))
    expect(app.printed()).toContain(`saving to ${first}`)
  })

  it('starts where the lock was left by one that died, though another program has its process id by now', async () => {
    const data = await mkdtemp(join(tmpdir(), 'sluice-e2e-lock-'))
    await writeFile(join(data, 'stand-in.lock'), String(process.pid))
    const one = await launchApp({ folder, env: { ...env, SLUICE_USER_DATA_DIR: data } })
    expect(await one.quit()).toBe(0)
    await rm(data, { recursive: true })
  })

  it('quits when the test that drives it is gone', async () => {
    const data = await mkdtemp(join(tmpdir(), 'sluice-e2e-alone-'))
    onTestFinished(() => rm(data, { recursive: true, force: true }))
    const settings = { SLUICE_CHROMIUM: findChromium() ?? 'chromium', SLUICE_STAND_IN_HEADLESS: '1', SLUICE_STAND_IN_DEBUG: '1' }
    const child = fork(resolve(import.meta.dirname, '../../stand-in/run.mjs'), [folder], {
      env: { ...process.env, ...env, ...settings, HOME: data, SLUICE_USER_DATA_DIR: data },
      stdio: 'ignore',
    })
    onTestFinished(() => void child.kill())
    await once(child, 'message')
    child.disconnect()
    // Perhaps before it was ready, which is a failure to start.
    const [, signal] = await once(child, 'exit')
    expect(signal).toBeNull()
  })

  it('quits in the order of Electron, and leaves nothing behind', async () => {
    const one = await launchApp({ folder, env })
    const data = join(one.home, 'data')
    expect(await readdir(data)).toContain('stand-in.lock')
    expect(await one.quit()).toBe(0)
    const order = one.printed().split('\n').filter((line) => /^(before-quit|closed|will-quit|quit)$/.test(line))
    expect(order).toEqual(['before-quit', 'closed', 'will-quit', 'quit'])
    expect(existsSync(join(data, 'stand-in.lock'))).toBe(false)
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'args'])
    expect(stdout).not.toContain(one.home)
  })
})

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true })
  return entries.map((entry) => basename(entry))
}

/** A site that a page has no business with, and what it was asked for. */
async function strangeSite(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked } // it listens on a port, not a pipe
}
