import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectron } from '../../scripts/setup/electron.mjs'
import { launchApp, type RunningApp } from '../support/app'

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
        'nothing' in back,
        back.odd.map((item) => (Object.is(item, -0) ? '-0' : String(item))),
        back.$,
      ]
    })
    expect(result).toEqual(['ü', 5, String(2n ** 70n), [1, 2], [1, 2, 255], true, ['NaN', '-0', 'Infinity', 'null'], 'not a tag'])
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

  it('lets the app refuse navigation and windows', async () => {
    const { page } = app
    await page.evaluate(() => {
      window.open('https://example.com/')
      location.assign('https://example.com/')
    })
    await expect.poll(() => page.context().pages().length).toBe(1)
    expect(await page.locator('#text').innerText()).toBe('small app')
  })

  it('lets one app run on a user-data folder, and tells it of the second', async () => {
    const again = launchApp({ folder, args: ['hello'], env: { ...env, SLUICE_USER_DATA_DIR: join(app.home, 'data') } })
    await expect(again).rejects.toThrow('not the first')
    await expect.poll(() => app.printed()).toContain('second instance: hello')
  })
})

describe.skipIf(findElectron() !== null)('the stand-in (not used here: Electron is installed)', () => {
  it('throws at what it does not have', async () => {
    const message = await app.page.evaluate(() => (window as unknown as { small: Small }).small.invoke('missing'))
    expect(message).toBe('The stand-in for Electron has no app.setBadgeCount')
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
