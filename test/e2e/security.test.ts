import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app'

let app: RunningApp
beforeAll(async () => void (app = await launchApp()))
afterAll(async () => void (await app?.quit()))

describe('the page', () => {
  it('reaches main by its bridge and by nothing else', async () => {
    const reach = await app.page.evaluate(() => ({
      require: typeof Reflect.get(window, 'require'),
      process: typeof Reflect.get(window, 'process'),
      bridge: Object.keys(window.sluice ?? {}).sort(),
      frozen: Object.isFrozen(window.sluice),
    }))
    expect(reach).toEqual({ require: 'undefined', process: 'undefined', bridge: ['command', 'onAction', 'onFrame'], frozen: true })
  })

  it('cannot give a command that is not in the contract, nor one with a wrong payload', async () => {
    const replies = await app.page.evaluate(async () => {
      const command = window.sluice?.command as (...args: unknown[]) => Promise<unknown> // past the types, as an attacker
      return Promise.all([
        command('shell:run', 'ls'),
        command('engine:set-batch-size', 0),
        command('engine:set-batch-size', '20'),
        command('engine:start', 'extra'),
        command('__proto__'),
      ])
    })
    for (const reply of replies) expect(reply).toMatchObject({ ok: false })
  })

  it('cannot go elsewhere, open a window, run inline script or reach the network', async () => {
    const { page } = app
    const before = page.url()
    const result = await page.evaluate(async () => {
      const opened = window.open('https://example.com')
      const script = document.createElement('script')
      script.textContent = 'window.injected = true'
      document.body.append(script)
      const fetched = await fetch('https://example.com').then(
        () => 'fetched',
        () => 'refused',
      )
      location.href = 'https://example.com/'
      return { opened: opened === null || opened.closed, injected: Reflect.has(window, 'injected'), fetched }
    })
    expect(result).toMatchObject({ injected: false, fetched: 'refused' })
    await page.getByTestId('toggle-run').waitFor()
    expect(page.url()).toBe(before)
    await expect.poll(() => page.context().pages().length).toBe(1)
  })

  it('runs no text as code, and no worker made of text', async () => {
    const result = await app.page.evaluate(async () => {
      const directives: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective))
      // What the debugger runs may evaluate text; what runs after it has let go is under the policy like the page itself.
      await new Promise((resolve) => setTimeout(resolve))
      let evaluated = true
      try {
        // oxlint-disable-next-line no-eval -- that it is refused is what is tested
        window.eval('1')
      } catch {
        evaluated = false
      }
      let worker = true
      try {
        worker = await new Promise((done) => {
          const started = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])))
          started.addEventListener('message', () => done(true))
          started.addEventListener('error', () => done(false))
        })
      } catch {
        worker = false
      }
      return { evaluated, worker, directives }
    })
    expect(result).toMatchObject({ evaluated: false, worker: false })
    expect(result.directives).toEqual(expect.arrayContaining(['script-src', 'worker-src']))
  })

  it('is granted no permission', async () => {
    const states = await app.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[] // not all are in the types
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
    })
    expect(states).not.toContain('granted')
  })
})
