/** npm run cli: the console without a window. Runs it in this very process, so that what ends this ends the worker. */
import { ensureBuild } from './setup/build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { inRoot } from './setup/root.mjs'
import { pathToFileURL } from 'node:url'

await ensureDependencies()
await ensureBuild()
await import(pathToFileURL(inRoot('out/main/cli.js')).href)
