import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'

/** Does `task` in a temporary folder that is gone afterwards. */
export async function inTemporaryFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'))
  try {
    return await task(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Bundles one file of `bench` and runs it in a Node of its own, so that the memory measured is its alone. Answers the lines
 * of JSON that it prints. Rejects when it fails.
 */
export async function runAlone<T>(file: string, args: readonly string[], folder: string): Promise<T[]> {
  const root = resolve(import.meta.dirname, '..')
  const output = { entryFileNames: 'worker.mjs' }
  const rollupOptions = { input: join(root, 'bench', file), output }
  await build({ configFile: false, logLevel: 'error', root, ssr: { noExternal: true }, build: { ssr: true, outDir: join(folder, 'bundle'), rollupOptions } })
  const child = spawn(process.execPath, [join(folder, 'bundle/worker.mjs'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new Error(`${file} ended with ${String(code)}`)
  return out.trim().split('\n').map((line) => JSON.parse(line) as T) // what that file prints
}
