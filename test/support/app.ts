import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type * as Electron from 'electron'
import { _electron, chromium, type Page } from 'playwright-core'
import { findElectron } from '../../scripts/setup/electron.mjs'
import { findChromium } from '../../scripts/setup/chromium.mjs'
import { hasDisplay } from '../../scripts/setup/display.mjs'

const root = resolve(import.meta.dirname, '../..')

export interface LaunchOptions {
  /** The app's folder; the console by default. */
  readonly folder?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
}

export interface RunningApp {
  readonly page: Page
  /** The user's home in this run: downloads and user data are below it. */
  readonly home: string
  /** What the app has printed. */
  printed(): string
  /** Clicks in the native menu: the labels below each other. */
  clickMenu(...path: string[]): Promise<void>
  /** What the tray says: its tooltip and the labels of its menu. Under the stand-in only, as the next. */
  trayWords(): Promise<readonly string[]>
  clickTray(...path: string[]): Promise<void>
  /** Quits as a person would from the terminal; answers the exit code. */
  quit(): Promise<number | null>
}

/** Whether apps run in Electron here, not in its stand-in. */
export function usesElectron(): boolean {
  return findElectron() !== null && hasDisplay()
}

/** Runs the built app: in Electron where its binary is there, else in Chromium through the stand-in. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const home = await mkdtemp(join(tmpdir(), 'sluice-e2e-'))
  const { width = 1440, height = 900, dark = true } = options
  const env = {
    ...withoutSettings(process.env),
    HOME: home,
    SLUICE_USER_DATA_DIR: join(home, 'data'),
    ...options.env,
  }
  const started = usesElectron()
    ? await inElectron(options, env, { width, height, dark })
    : await inChromium(options, env, { width, height, dark })
  return {
    ...started,
    home,
    quit: async () => {
      const code = await started.quit()
      await rm(home, { recursive: true, force: true, maxRetries: 3 })
      return code
    },
  }
}

/** The settings of whoever runs the tests must not reach the app under test. */
function withoutSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).filter(([name]) => !/^SLUICE_(REDIS|API)/.test(name))
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']))
}

type Look = { readonly width: number; readonly height: number; readonly dark: boolean }
type Started = Omit<RunningApp, 'home'>

async function inElectron(options: LaunchOptions, env: Record<string, string>, look: Look): Promise<Started> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const app = await _electron.launch({
    args: [...(asRoot ? ['--no-sandbox'] : []), options.folder ?? root, ...(options.args ?? [])],
    env,
    colorScheme: look.dark ? 'dark' : 'light',
  })
  const printed = collectOutput(app.process())
  const page = await app.firstWindow()
  await page.setViewportSize(look)
  const ended = new Promise<number | null>((done) => app.process().once('exit', done))
  const noTray = () => Promise.reject(new Error('Nobody can reach the tray of a real desktop from here'))
  return {
    page,
    printed,
    clickMenu: (...path) => app.evaluate(clickInMenu, path),
    trayWords: noTray,
    clickTray: noTray,
    quit: () => {
      app.process().kill('SIGTERM')
      return ended
    },
  }
}

async function inChromium(options: LaunchOptions, env: Record<string, string>, look: Look): Promise<Started> {
  const child = fork(join(root, 'stand-in/run.mjs'), [options.folder ?? root, ...(options.args ?? [])], {
    env: {
      ...env,
      SLUICE_CHROMIUM: findChromium() ?? 'chromium',
      SLUICE_STAND_IN_HEADLESS: '1',
      SLUICE_STAND_IN_DEBUG: '1',
      SLUICE_STAND_IN_SIZE: `${look.width}x${look.height}`,
      SLUICE_STAND_IN_DARK: look.dark ? '1' : '0',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const printed = collectOutput(child)
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  const debuggerUrl = await Promise.race([
    new Promise<string>((found) => child.once('message', (message) => found((message as { debuggerUrl: string }).debuggerUrl))),
    ended.then((code) => Promise.reject(new Error(`The app ended with ${code} before it had a window:\n${printed()}`))),
  ])
  // The page keeps what the stand-in gave it: its colours, its size, and that it may download nothing.
  const browser = await chromium.connectOverCDP(debuggerUrl, { noDefaults: true })
  const [context] = browser.contexts()
  if (!context) throw new Error('Chromium has no browser context')
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  await page.waitForURL((url) => url.protocol === 'https:')
  await page.waitForLoadState()
  const hand = handOn(child)
  return {
    page,
    printed,
    clickMenu: async (...menu) => void (await hand({ menu })),
    trayWords: () => hand({}),
    clickTray: async (...tray) => void (await hand({ tray })),
    quit: async () => {
      await browser.close().catch(() => undefined)
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Runs in main. */
function clickInMenu({ Menu }: typeof Electron, path: readonly string[]): void {
  let items = Menu.getApplicationMenu()?.items ?? []
  for (const [depth, label] of path.entries()) {
    const item = items.find((one) => one.label.replaceAll('&', '') === label)
    if (!item?.enabled) throw new Error(`The menu has no ${path.join(' → ')}, or it is disabled`)
    if (depth === path.length - 1) item.click()
    items = item.submenu?.items ?? []
  }
}

/** Asks the stand-in to click where Chromium's window shows nothing; answers the words of the tray. */
function handOn(child: ChildProcess): (asked: { readonly menu?: readonly string[]; readonly tray?: readonly string[] }) => Promise<readonly string[]> {
  let asks = 0
  return (asked) =>
    new Promise((resolve, reject) => {
      const hand = ++asks
      const hear = (message: { readonly hand?: number; readonly words: readonly string[]; readonly problem?: string }) => {
        if (message.hand !== hand) return
        child.off('message', hear)
        if (message.problem === undefined) resolve(message.words)
        else reject(new Error(message.problem))
      }
      child.on('message', hear)
      child.send({ hand, ...asked })
    })
}

function collectOutput(child: ChildProcess): () => string {
  let text = ''
  child.stdout?.on('data', (chunk) => (text += chunk))
  child.stderr?.on('data', (chunk) => (text += chunk))
  return () => text
}
