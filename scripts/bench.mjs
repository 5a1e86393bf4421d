/** npm run bench:NAME: runs bench/NAME.ts as it stands. What is said after `npm run bench:NAME --` goes to it. */
import { runnerImport } from 'vite'
import { inRoot } from './setup/root.mjs'

const [name = '', ...argv] = process.argv.slice(2)
if (!/^[a-z-]+$/.test(name)) throw new Error('Say which bench: node scripts/bench.mjs NAME, where bench/NAME.ts exists')
/** @type {{ module: { main(argv: readonly string[]): Promise<void> } }} */
const { module } = await runnerImport(inRoot('bench', `${name}.ts`), { configFile: false, logLevel: 'error' })
await module.main(argv)
