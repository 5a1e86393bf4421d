import { setTimeout as sleep } from 'node:timers/promises'
import { assemble } from '../../src/main/assembly/assemble'
import { keepMemoryLean } from '../../src/main/lean-memory'
import { loadSettings } from '../../src/main/settings/load-settings'

// As main does.
keepMemoryLean()
const [redis = '', api = '', userData = '', sizes = '', seconds = ''] = process.argv.slice(2)

const assembly = await assemble({
  ...loadSettings({ env: {}, flags: { redis, api } }),
  userData,
  demo: 'never',
  untilEmpty: false,
  onLogLine: () => {},
})
const { operator, engine, queue } = assembly
// As the window does: frames are made only where somebody looks.
operator.subscribe(() => {})
operator.setSizing('manual')
operator.start()
for (const size of sizes.split(',').map(Number)) {
  operator.setBatchSize(size)
  let mostBytes = 0
  for (let second = 0; second < Number(seconds); second += 1) {
    await sleep(1000)
    mostBytes = Math.max(mostBytes, process.memoryUsage.rss())
  }
  const { ready, done, lost } = await queue.audit()
  process.stdout.write(`${JSON.stringify({ size, rssBytes: process.memoryUsage.rss(), mostBytes, ready, done, lost })}\n`)
}
engine.stop()
await engine.whenIdle
await assembly.close()
process.exit()
