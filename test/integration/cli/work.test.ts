import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest'
import type { RunFigures } from '../../../src/main/operator/run-summary'
import { startSimulator, type Simulator } from '../../../src/main/simulator/simulator'
import type { SimulatorOptions } from '../../../src/main/simulator/options'
import { ATTEMPT_COLUMNS } from '../../../src/shared/attempt'
import { runCli, startCli, temporaryFolder } from '../../support/cli'
import { freshPipeline, type Pipeline } from '../../support/pipeline'

const address = (n: number) => `0x${String(n).padStart(40, '0')}`

async function queueOf(pairs: number): Promise<{ pipeline: Pipeline; args: string[]; folder: string }> {
  const [pipeline, folder] = await Promise.all([freshPipeline(), temporaryFolder()])
  const file = join(folder, 'pairs.csv')
  const rows = Array.from({ length: pairs }, (_, i) => `${address(i + 1)},${address(9)},base`)
  await writeFile(file, ['wallet,token,chain', ...rows].join('\n'))
  const config = join(folder, 'sluice.toml')
  await writeFile(config, `[redis]\ninbox = "${pipeline.inbox}"\n[engine]\nlease_seconds = 2\n`)
  const args = ['--redis', inject('redisUrl'), '--pipeline', pipeline.pipeline, '--config', config]
  const { code, out } = await runCli(['enqueue', file, ...args])
  expect({ code, out }).toEqual({ code: 0, out: `{"enqueued":${pairs},"duplicates":0,"rejected":0}\n` })
  return { pipeline, args, folder }
}

async function simulator(options: SimulatorOptions): Promise<Simulator> {
  const started = await startSimulator({ latencyMs: 20, ...options })
  onTestFinished(() => started.close())
  return started
}

/** Columns of a batch that each of its pairs is counted in one of. */
const OUTCOMES = ['succeeded', 'rate_limited', 'transient', 'timed_out', 'permanent', 'untouched']

const figuresOf = (out: string) => JSON.parse(out.trim().split('\n').at(-1) ?? '') as RunFigures // printed by `work --json`

async function exported(kind: string, folder: string, args: readonly string[]): Promise<Record<string, string>[]> {
  const file = join(folder, `${kind}.csv`)
  expect((await runCli(['export', kind, file, ...args])).code).toBe(0)
  return parse(await readFile(file, 'utf8'), { columns: true }) as Record<string, string>[] // `columns` makes records of the rows
}

describe('priority', () => {
  it('goes to the pairs that wait, of one wallet or all, and says how many changed', async () => {
    const { pipeline, args } = await queueOf(3)
    expect((await runCli(['priority', '9', '--wallet', address(3), ...args])).out).toBe('{"changed":1}\n')
    expect((await runCli(['priority', '4', '--token', address(9), ...args])).out).toBe('{"changed":3}\n')
    expect((await runCli(['priority', '9', '--wallet', address(2).replace('0x', '0X'), ...args])).out).toBe('{"changed":1}\n')
    expect((await runCli(['priority', '4', '--all', ...args])).out).toBe('{"changed":1}\n')
    const { pairs } = await pipeline.queue.claim(3)
    expect(pairs.map(({ entry }) => entry.priority)).toEqual([4, 4, 4])
  })
})

describe('work --until-empty', () => {
  it('works every pair in the classic way, prints the figures of the run, and says what operators know', async () => {
    const { args, folder } = await queueOf(60)
    const api = await simulator({ rps: 30 })
    await appendFile(join(folder, 'sluice.toml'), 'pacing = "classic"\n')
    const { code, out, err } = await runCli(['work', '--until-empty', '--json', '--api', api.url, ...args])
    expect(code).toBe(0)
    const figures = figuresOf(out)
    expect(figures.pairs).toMatchObject({ enqueued: 60, done: 60, failed: 0, lost: 0 })
    expect(figures.requests.sent).toBe(api.stats().requests)
    expect(figures.requests.refused).toBe(api.stats().refused)
    expect(err).toContain('Processing 20 wallet-token pairs in parallel')
    expect(err).toMatch(/Parallel batch completed: \d+\/20 successful, \d+ rate-limited \(retrying\), 0 permanently failed/)
    expect(await exported('results', folder, args)).toHaveLength(60)
    expect((await exported('batches', folder, args)).length).toBe(figures.batches)
  })

  it('works every pair in a rolling window, within the quota that it learns, and tells of batches together', async () => {
    const { args, folder } = await queueOf(60)
    const api = await simulator({ rps: 30 })
    const { code, out, err } = await runCli(['work', '--until-empty', '--json', '--api', api.url, ...args])
    expect(code).toBe(0)
    const figures = figuresOf(out)
    expect(figures.pairs).toMatchObject({ enqueued: 60, done: 60, failed: 0, lost: 0 })
    expect(figures.requests.sent).toBe(api.stats().requests)
    expect(err).toMatch(/\d+ batch(es)?: \d+ done/)
    expect(err).toMatch(/Epoch 1 ended: 60 pairs done/)
    const results = await exported('results', folder, args)
    expect(results.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 60 }, () => '1'))
    const batches = await exported('batches', folder, args)
    // A pair that went back to the front is part of more batches than one, and has succeeded in the last of them alone.
    expect(batches.reduce((sum, { succeeded }) => sum + Number(succeeded), 0)).toBe(60)
    for (const { size, ...counts } of batches) expect(Number(size)).toBe(OUTCOMES.reduce((sum, outcome) => sum + Number(counts[outcome]), 0))
  })

  it('loses nothing and counts nothing twice when it is killed again and again', async () => {
    const { pipeline, args, folder } = await queueOf(120)
    const api = await simulator({ rps: 40, latencyMs: 150 })
    for (let kill = 0; kill < 5; kill += 1) {
      const worker = startCli(['work', '--until-empty', '--api', api.url, ...args])
      const held = await claimed(pipeline, worker.said)
      worker.process.kill('SIGKILL')
      await worker.ended
      expect(held).toBeGreaterThan(0)
    }
    const { code, out } = await runCli(['work', '--until-empty', '--json', '--api', api.url, ...args])
    expect(code).toBe(0)
    expect(figuresOf(out).pairs.recovered).toBeGreaterThan(0)
    const ledger = await pipeline.queue.audit()
    expect(ledger).toMatchObject({ enqueued: 120, ready: 0, delayed: 0, inFlight: 0, lost: 0 })
    expect(ledger.done + ledger.failed).toBe(120)
    const rows = await exported('results', folder, args)
    expect(new Set(rows.map((row) => row['wallet_address'])).size).toBe(rows.length)
    expect(rows).toHaveLength(ledger.done)
  })

  it('gives back what is in flight when it is interrupted', async () => {
    const { pipeline, args } = await queueOf(40)
    const api = await simulator({ latencyMs: 2000 })
    const worker = startCli(['work', '--api', api.url, ...args])
    await claimed(pipeline, worker.said)
    worker.process.kill('SIGTERM')
    expect((await worker.ended).code).toBe(130)
    expect(await pipeline.queue.audit()).toMatchObject({ ready: 40, inFlight: 0, recovered: 0, lost: 0 })
  })
})

/** Waits until somebody has claimed a batch since the call, and has it in flight; answers how many are. */
async function claimed({ queue, redis }: Pipeline, said: () => string): Promise<number> {
  const fence = async () => Number(await redis.hget(queue.keys.sequences, 'fence'))
  const before = await fence()
  return vi.waitFor(
    async () => {
      expect(await fence(), said()).toBeGreaterThan(before)
      return (await queue.audit()).inFlight
    },
    { timeout: 15_000, interval: 5 },
  )
}

describe('when nothing is left to work with', () => {
  it('a refused key ends the run with one clear message; the pairs are untouched', async () => {
    const { pipeline, args } = await queueOf(5)
    const api = await simulator({ accounts: 'one=right-key' })
    const env = { SLUICE_API_KEYS: 'wrong-key-123' }
    const { code, err } = await runCli(['work', '--until-empty', '--api', api.url, ...args], env)
    expect(code).toBe(1)
    expect(err).toMatch(/Paused: .*key 1 of account 1/)
    expect(err).not.toContain('wrong-key-123')
    expect(err).not.toMatch(/^\s+at /m)
    expect(await pipeline.queue.audit()).toMatchObject({ ready: 5, inFlight: 0, failed: 0, lost: 0 })
  })

  it('a spent budget pauses before more is spent, and leaves the pairs untouched', async () => {
    const { pipeline, args, folder } = await queueOf(30)
    await appendFile(join(folder, 'sluice.toml'), '[birdeye]\nbudget_compute_units = 130\n')
    const api = await simulator({})
    const { code, err } = await runCli(['work', '--until-empty', '--api', api.url, ...args])
    expect(code).toBe(1)
    expect(err).toMatch(/Paused: the budget of 130 compute units is spent/)
    const [account] = Object.values(api.stats().byAccount)
    expect(account?.computeUnits).toBeLessThanOrEqual(130)
    const { done, ready, failed, lost } = await pipeline.queue.audit()
    expect({ sum: done + ready, failed, lost }).toEqual({ sum: 30, failed: 0, lost: 0 })
  })

  it('a spent allowance parks the account and leaves the pairs untouched', async () => {
    const { pipeline, args } = await queueOf(30)
    const api = await simulator({ allowance: 120 })
    const { code, err } = await runCli(['work', '--until-empty', '--api', api.url, ...args])
    expect(code).toBe(1)
    expect(err).toMatch(/Paused: .*allowance/i)
    const { done, ready, failed, lost } = await pipeline.queue.audit()
    expect({ sum: done + ready, failed, lost }).toEqual({ sum: 30, failed: 0, lost: 0 })
  })
})

describe('failed pairs', () => {
  it('are exported with their reason, and go back into the queue when they are retried', async () => {
    const { pipeline, args, folder } = await queueOf(3)
    const api = await simulator({ faults: '422=1' })
    await runCli(['work', '--until-empty', '--api', api.url, ...args])
    const rows = await exported('failed', folder, args)
    expect(rows.map((row) => [row['status'], row['reason']])).toEqual([1, 2, 3].map(() => ['failed', 'permanent']))
    expect(rows.map(({ epoch }) => epoch)).toEqual(['1', '1', '1'])
    const attempts = await exported('attempts', folder, args)
    expect(Object.keys(attempts[0] ?? {})).toEqual(ATTEMPT_COLUMNS.map(({ name }) => name))
    expect(attempts.map((row) => [row['place'], row['attempts'], row['last_error'], row['epoch']])).toEqual(rows.map((row) => ['failed', '1', row['error_message'], '1']))
    expect((await runCli(['retry-failed', '--reason', 'timeout', ...args])).out).toBe('{"retried":0}\n')
    expect((await runCli(['retry-failed', ...args])).out).toBe('{"retried":3}\n')
    expect(await pipeline.queue.audit()).toMatchObject({ ready: 3, failed: 0, lost: 0 })
    const waiting = await exported('attempts', folder, args)
    expect(waiting.map((row) => [row['place'], row['attempts'], row['last_error']])).toEqual([1, 2, 3].map(() => ['ready', '0', '']))
  })
})
