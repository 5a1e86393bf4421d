import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { withLock } from './lock.mjs'
import { inRoot, root } from './root.mjs'
import { giveUp, runQuietly, say } from './run.mjs'

const stamp = inRoot('node_modules/.sluice-installed')

/**
 * Installs what the lockfile names, if that has not been done: on a fresh clone, after a changed lockfile, after an install
 * that was interrupted. The stamp is written last, so that it vouches for the whole.
 */
export async function ensureDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    giveUp(`Sluice needs Node 20.19 or newer; this is ${process.version}. Install a newer one from https://nodejs.org`)
  }
  const wanted = createHash('sha256').update(readFileSync(inRoot('package-lock.json'))).digest('hex')
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isInstalled()) return
  await withLock(inRoot('.cache/install.lock'), async () => {
    if (isInstalled()) return
    say('Installing dependencies (npm ci) …')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    // The Electron binary is fetched by the start script, which can do without it; a failed download must not fail this.
    const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }
    // `npm run --silent` is inherited, and would silence the reason of a failure too.
    const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
    const { ok, output } = await runQuietly(npm, args, { cwd: root, env, shell: process.platform === 'win32' })
    if (!ok) giveUp(`npm ci failed:\n${output}`)
    writeFileSync(stamp, wanted)
  })
}
