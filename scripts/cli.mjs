/** npm run cli: the console without a window. Runs it in this very process, so that what ends this ends the worker. */
import { ensureBuild } from './setup/build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { ensureRedis, needsRedis } from './setup/redis.mjs'
import { inRoot } from './setup/root.mjs'
import { pathToFileURL } from 'node:url'

// In place of the command line, which may hold a password and which every user of the machine can read.
process.title = 'sluice'
await ensureDependencies()
const args = process.argv.slice(2)
if (needsRedis(args)) await ensureRedis(args)
await ensureBuild()
await import(pathToFileURL(inRoot('out/main/cli.js')).href)
