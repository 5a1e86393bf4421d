import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { inRoot, root } from './root.mjs'
import { giveUp, runQuietly, say } from './run.mjs'

const stamp = inRoot('out/.stamp')
const PRODUCTS = ['main/index.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html'].map((file) => inRoot('out', file))
const SOURCES = ['src', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.base.json']

/** Builds main, preload, renderer and command line, if what they are made from has changed since the last time. */
export async function ensureBuild() {
  const wanted = fingerprint()
  const isBuilt = () => [stamp, ...PRODUCTS].every((file) => existsSync(file)) && readFileSync(stamp, 'utf8') === wanted
  if (isBuilt()) return
  await withLock(inRoot('.cache/build.lock'), async () => {
    if (isBuilt()) return
    say('Building …')
    // An interrupted build must not be vouched for by the stamp of the one before.
    rmSync(stamp, { force: true })
    const builder = inRoot('node_modules/electron-vite/bin/electron-vite.js')
    const { ok, output } = await runQuietly(process.execPath, [builder, 'build'], { cwd: root })
    if (!ok) giveUp(`The build failed:\n${output}`)
    writeFileSync(stamp, wanted)
  })
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of filesOf(inRoot(source))) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  const entries = readdirOrNull(path)
  if (entries === null) return [path]
  return entries.sort().flatMap((entry) => filesOf(join(path, entry)))
}

/** @param {string} path */
function readdirOrNull(path) {
  try {
    return readdirSync(path)
  } catch {
    return null
  }
}
