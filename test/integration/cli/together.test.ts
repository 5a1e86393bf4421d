import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import type { RunFigures } from '../../../src/main/operator/run-summary'
import { startSimulator } from '../../../src/main/simulator/simulator'
import { runCli, startCli, temporaryFolder, type Running } from '../../support/cli'
import { freshPipeline, type Pipeline } from '../../support/pipeline'

const PAIRS = 120
const LEASE_SECONDS = 1

interface Workplace {
  readonly pipeline: Pipeline
  start(): Running
  status(): Promise<{ done: number; failed: number; lost: number; inFlight: number; recovered: number; enqueued: number }>
}

/** A pipeline with pairs, for several engines: each is a process of its own. */
async function workplace({ latencyMs }: { readonly latencyMs: number }): Promise<Workplace> {
  const [pipeline, folder] = await Promise.all([freshPipeline(), temporaryFolder()])
  const file = join(folder, 'pairs.csv')
  const rows = Array.from({ length: PAIRS }, (_, i) => `0x${String(i + 1).padStart(40, '0')},0x${'9'.repeat(40)},base`)
  await writeFile(file, ['wallet,token,chain', ...rows].join('\n'))
  const config = join(folder, 'sluice.toml')
  const engine = `[engine]\nlease_seconds = ${LEASE_SECONDS}\nsizing = "manual"\n[system]\npnl_parallel_batch_size = 10\n`
  await writeFile(config, `[redis]\ninbox = "${pipeline.inbox}"\n${engine}`)
  const api = await startSimulator({ latencyMs })
  onTestFinished(() => api.close())
  const args = ['--redis', inject('redisUrl'), '--pipeline', pipeline.pipeline, '--config', config]
  expect((await runCli(['enqueue', file, ...args])).code).toBe(0)
  return {
    pipeline,
    start: () => {
      const running = startCli(['work', '--until-empty', '--json', '--api', api.url, ...args])
      onTestFinished(() => void running.process.kill('SIGKILL'))
      return running
    },
    status: async () => pipeline.queue.audit(),
  }
}

async function figuresOf(running: Running): Promise<RunFigures> {
  const { code, out, err } = await running.ended
  expect(code, err).toBe(0)
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as RunFigures // printed by `work --json`
}

describe('two engines on one pipeline', () => {
  it('share the work: each pair is done once, by one of them, and both did some', async () => {
    const place = await workplace({ latencyMs: 60 })
    const [one, other] = [place.start(), place.start()]
    const figures = [await figuresOf(one), await figuresOf(other)]
    expect(await place.status()).toMatchObject({ enqueued: PAIRS, done: PAIRS, failed: 0, lost: 0, recovered: 0 })
    const shares = figures.map(({ pairs }) => pairs.done)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(PAIRS)
    for (const share of shares) expect(share).toBeGreaterThan(0)
  })
})

describe.skipIf(process.platform === 'win32')('an engine that sleeps longer than its leases', () => {
  // A closed lid stops the process as SIGSTOP does: it runs no timer, sends no heartbeat, and its leases end meanwhile.
  it('loses nothing: another one takes its pairs, and what it settles late counts for nothing', async () => {
    const place = await workplace({ latencyMs: 150 })
    const sleeper = place.start()
    await expect.poll(async () => (await place.status()).inFlight, { timeout: 15_000 }).toBeGreaterThan(0)
    sleeper.process.kill('SIGSTOP')
    const other = place.start()
    const { pairs } = await figuresOf(other)
    expect(pairs.done).toBeGreaterThan(0)
    const asleep = await place.status()
    expect(asleep).toMatchObject({ done: PAIRS, inFlight: 0, lost: 0 })
    expect(asleep.recovered).toBeGreaterThan(0)
    sleeper.process.kill('SIGCONT')
    await figuresOf(sleeper)
    expect(await place.status()).toMatchObject({ enqueued: PAIRS, done: PAIRS, failed: 0, lost: 0 })
  }, 60_000)

  it('goes on by itself when nobody else was there, and does each pair once', async () => {
    const place = await workplace({ latencyMs: 150 })
    const sleeper = place.start()
    await expect.poll(async () => (await place.status()).inFlight, { timeout: 15_000 }).toBeGreaterThan(0)
    sleeper.process.kill('SIGSTOP')
    const { queue } = place.pipeline
    const endOf = async (seconds: number) => Number((await queue.audit()).auditedAtMs) + seconds * 1000
    const awakeAtMs = await endOf(3 * LEASE_SECONDS)
    await expect.poll(async () => (await queue.audit()).auditedAtMs, { timeout: 15_000 }).toBeGreaterThan(awakeAtMs)
    sleeper.process.kill('SIGCONT')
    await figuresOf(sleeper)
    expect(await place.status()).toMatchObject({ enqueued: PAIRS, done: PAIRS, failed: 0, lost: 0 })
  }, 60_000)
})
