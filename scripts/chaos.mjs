/** npm run chaos: builds what is to be struck, then runs the plans of test/chaos. What is said after `npm run chaos --` goes to them. */
import { runnerImport } from 'vite'
import { ensureBuild } from './setup/build.mjs'
import { ensureRedis } from './setup/redis.mjs'
import { inRoot } from './setup/root.mjs'

await ensureRedis()
await ensureBuild()
/** @type {{ module: { main(argv: readonly string[]): Promise<void> } }} */
const { module } = await runnerImport(inRoot('test', 'chaos', 'main.ts'), { configFile: false, logLevel: 'error' })
await module.main(process.argv.slice(2))
