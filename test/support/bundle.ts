import { join } from 'node:path'
import { build } from 'vite'

/** Bundles modules of the source for plain Node, each under its own name; for what a test must run in a process of its own. */
export async function bundle(entries: Readonly<Record<string, string>>, folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '../..'),
    ssr: { noExternal: true },
    build: { ssr: true, outDir: folder, rollupOptions: { input: { ...entries }, output: { entryFileNames: '[name].mjs' } } },
  })
}
