import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, it, vi } from 'vitest'
import { runCli, startCli, temporaryFolder } from '../../support/cli'
import { freshPipeline } from '../../support/pipeline'

const ROWS = 200_000

it('enqueue that is interrupted says how many rows it has queued, and goes on from there when it is run again', async () => {
  const { pipeline, queue } = await freshPipeline()
  const file = join(await temporaryFolder(), 'pairs.csv')
  const rows = Array.from({ length: ROWS }, (_, i) => `0x${String(i).padStart(40, '0')},0x${'a'.repeat(40)},base`)
  await writeFile(file, ['wallet,token,chain', ...rows].join('\n'))
  const args = ['enqueue', file, '--redis', inject('redisUrl'), '--pipeline', pipeline]

  const first = startCli(args)
  await vi.waitFor(async () => expect((await queue.audit()).enqueued, first.said()).toBeGreaterThan(0), { timeout: 15_000, interval: 5 })
  first.process.kill('SIGINT')
  const { code, out, err } = await first.ended
  const { enqueued } = await queue.audit()
  expect(enqueued).toBeLessThan(ROWS)
  expect({ code, out }).toEqual({ code: 130, out: '' })
  const queued = `Interrupted: ${enqueued.toLocaleString('en-US')} rows of ${file} have been queued.`
  expect(err.trim()).toBe(`${queued} Run it again to queue the rest: those are skipped`)

  const second = await runCli(args)
  expect(JSON.parse(second.out)).toEqual({ enqueued: ROWS - enqueued, duplicates: enqueued, rejected: 0 })
})
