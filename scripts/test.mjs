/** npm test: makes sure of what is needed, then runs every test. What is said after `npm test --` goes to vitest. */
import { ensureBuild } from './setup/build.mjs'
import { ensureChromium } from './setup/chromium.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { hasDisplay } from './setup/display.mjs'
import { findElectron } from './setup/electron.mjs'
import { ensureRedis } from './setup/redis.mjs'
import { inRoot, root } from './setup/root.mjs'
import { run } from './setup/run.mjs'

await ensureDependencies()
await ensureRedis()
const env = { ...process.env }
if (!findElectron() || !hasDisplay()) env['SLUICE_CHROMIUM'] = await ensureChromium()
await ensureBuild()
const vitest = inRoot('node_modules/vitest/vitest.mjs')
const reporters = ['--reporter=default', `--reporter=${inRoot('test/support/count-reporter.ts')}`]
process.exitCode = await run(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], { cwd: root, env })
