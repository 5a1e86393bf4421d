/**
 * npm start: makes sure of what is needed, then opens the console; in Electron where its binary can be had, else in the
 * system's Chromium through the stand-in, else, without a display, in the terminal.
 */
import { ensureBuild } from './setup/build.mjs'
import { ensureChromium } from './setup/chromium.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { hasDisplay } from './setup/display.mjs'
import { ensureElectron } from './setup/electron.mjs'
import { ensureRedis } from './setup/redis.mjs'
import { inRoot, root } from './setup/root.mjs'
import { run, say } from './setup/run.mjs'

const args = process.argv.slice(2)
// In place of the command line, which may hold a password and which every user of the machine can read.
process.title = 'sluice'

await ensureDependencies()
await ensureRedis(args)
await ensureBuild()
process.exitCode = hasDisplay() ? await openWindow() : await workInTerminal()

async function openWindow() {
  const electron = await ensureElectron()
  if (electron) {
    // Chromium refuses to sandbox what runs as root on Linux.
    const asRoot = process.platform === 'linux' && process.getuid?.() === 0
    if (asRoot) say('Running as root: Chromium’s own sandbox is off. Start Sluice as an ordinary user for daily work.')
    const env = { ...process.env }
    // Set in the terminals of editors that are made with Electron; it would turn ours into a plain Node.
    delete env['ELECTRON_RUN_AS_NODE']
    return run(electron, [...(asRoot ? ['--no-sandbox'] : []), root, ...args], { env })
  }
  const chromium = await ensureChromium()
  const env = { ...process.env, SLUICE_CHROMIUM: chromium }
  return run(process.execPath, [inRoot('stand-in/run.mjs'), root, ...args], { env })
}

async function workInTerminal() {
  say('There is no display here: working the demo in the terminal instead of a window.')
  const ours = args.filter((arg) => arg !== '--autostart')
  return run(process.execPath, [inRoot('out/main/cli.js'), 'demo', ...ours])
}
