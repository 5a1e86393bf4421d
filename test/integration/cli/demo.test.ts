import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it, vi } from 'vitest'
import { startCli, temporaryFolder } from '../../support/cli'
import { entry, freshPipeline } from '../../support/pipeline'

describe('the demo', () => {
  it('never takes what real producers have pushed, never calls a configured API, and ends with how to get the CSV', async () => {
    const { redis, inbox } = await freshPipeline()
    await redis.lpush(inbox, entry('real'))
    const folder = await temporaryFolder()
    const config = join(folder, 'sluice.toml')
    await writeFile(config, `[redis]\ninbox = "${inbox}"\n`)
    const args = ['demo', '--redis', inject('redisUrl'), '--config', config, '--api', 'http://127.0.0.1:1']
    const demo = startCli(args, { SLUICE_USER_DATA_DIR: folder })
    try {
      await vi.waitFor(async () => expect(await redis.zcard('{sluice:demo}:done'), demo.said()).toBeGreaterThan(0), {
        timeout: 15_000,
      })
      expect(await redis.llen(inbox)).toBe(1)
      demo.process.kill('SIGTERM')
      await demo.ended
      expect(demo.said()).toContain('export results results.csv --pipeline demo')
      expect(demo.said()).not.toContain('Warning')
    } finally {
      demo.process.kill('SIGTERM')
      await demo.ended
      const keys = await redis.keys('{sluice:demo}:*')
      if (keys.length > 0) await redis.del(...keys)
    }
  })
})
