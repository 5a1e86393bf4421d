import { Chromium } from './chromium.mjs'
import { refusePopups } from './popups.mjs'

/** What the app's package.json says, and where it is. Filled in by run.mjs. */
export const identity = { name: 'app', version: '0.0.0', path: process.cwd() }

const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
export const isHeadless = !hasDisplay || process.env['SLUICE_STAND_IN_HEADLESS'] === '1'

/**
 * The windows that are open, oldest first.
 * @type {Set<import('./browser-window.mjs').AppWindow>}
 */
export const windows = new Set()

/** @type {Chromium | null} */
let running = null
let isFirstWindow = true

/** @param {(reason: string) => void} onClosed */
export async function startChromium(onClosed) {
  const debuggingPort = process.env['SLUICE_STAND_IN_DEBUG'] === '1'
  const program = process.env['SLUICE_CHROMIUM'] ?? 'chromium'
  running = new Chromium({ program, headless: isHeadless, debuggingPort, title: identity.name })
  running.on('closed', onClosed)
  const { root, connection } = running
  await refusePopups(connection)
  await root.send('Target.setDiscoverTargets', { discover: true })
  if (debuggingPort) process.send?.({ debuggerUrl: await running.debuggerUrl })
}

export function chromium() {
  if (!running) throw new Error('Chromium has not been started')
  return running
}

export async function closeChromium() {
  await running?.close()
}

/** Whether the system asks for dark colours. */
export async function systemIsDark() {
  const page = await chromium().connection.attach(await chromium().firstPage)
  const { result } = await page.send('Runtime.evaluate', { expression: "matchMedia('(prefers-color-scheme: dark)').matches" })
  return result.value === true
}

/**
 * The target of a new window's page: Chromium's first one for the first window.
 * @param {{ width: number, height: number }} size
 * @returns {Promise<string>}
 */
export async function newPage({ width, height }) {
  if (isFirstWindow) {
    isFirstWindow = false
    return chromium().firstPage
  }
  const { targetId } = await chromium().root.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
  return targetId
}
