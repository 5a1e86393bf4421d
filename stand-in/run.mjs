#!/usr/bin/env node
/**
 * node stand-in/run.mjs FOLDER [arguments]: runs a built Electron app's main, preload and renderer, unchanged, in the
 * system's Chromium. For where Electron's own binary cannot be had.
 */
import { readFileSync, realpathSync } from 'node:fs'
import { register } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { becomeReady } from './app.mjs'
import { identity } from './host.mjs'
import { takeHand } from './remote-hand.mjs'

const EVALUATION_LIMIT_MS = 20_000

const path = realpathSync(process.argv[2] ?? '.')
const { main, name, productName, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
Object.assign(identity, { name: productName ?? name, version, path })
if (process.env['SLUICE_STAND_IN_DEBUG'] === '1') takeHand()
register('./loader.mjs', import.meta.url)
// Electron's own arguments: its program, the app's folder, and what was said after it.
process.argv.splice(1, 1)

// Electron is ready only after the entry module has been evaluated: one that awaits readiness at its top level waits for ever.
const stuck = setTimeout(() => {
  process.stderr.write('The main module has not been evaluated after 20 s: does it await app.whenReady() at its top level?\n')
  process.exit(1)
}, EVALUATION_LIMIT_MS)
await import(pathToFileURL(join(path, main)).href)
clearTimeout(stuck)
await becomeReady().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
