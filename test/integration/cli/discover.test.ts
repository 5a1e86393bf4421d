import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest'
import type { SimulatorOptions } from '../../../src/main/simulator/options'
import { startSimulator } from '../../../src/main/simulator/simulator'
import { runCli, startCli, temporaryFolder } from '../../support/cli'
import { freshPipeline } from '../../support/pipeline'

async function between(api: SimulatorOptions) {
  const [simulator, pipeline, folder] = await Promise.all([startSimulator(api), freshPipeline(), temporaryFolder()])
  onTestFinished(() => simulator.close())
  const config = join(folder, 'sluice.toml')
  await writeFile(config, `[redis]\ninbox = "${pipeline.inbox}"\n[[birdeye.accounts]]\nkeys = ["key-one-1"]\nplan = "starter"\n`)
  const args = ['--redis', inject('redisUrl'), '--pipeline', pipeline.pipeline, '--config', config, '--api', simulator.url]
  return { simulator, args, ...pipeline }
}

describe('discover', () => {
  it('says what it costs, fills the queue, and prints the figures', async () => {
    const { args, queue, simulator } = await between({ latencyMs: 5 })
    const { code, out, err } = await runCli(['discover', '--tokens', '3', '--traders', '20', '--json', ...args])
    expect({ code, err }).toMatchObject({ code: 0 })
    expect(err).toContain('3 trending tokens × 20 top traders on solana: at most 7 requests, 230 compute units, 60 pairs; at least 1 s at the quota')
    const printed = JSON.parse(out)
    expect(printed.preview).toMatchObject({ requests: 7, computeUnits: 230 })
    expect(printed.counts).toMatchObject({ traders: 60, enqueued: 60, known: 0, requests: 7 })
    expect(printed.state).toEqual({ kind: 'finished' })
    expect(simulator.stats().requests).toBe(7)
    expect(await queue.audit()).toMatchObject({ enqueued: 60, ready: 60, lost: 0 })
    const again = await runCli(['discover', '--tokens', '3', '--traders', '20', ...args])
    expect(again.out).toBe('0 new pairs of 60 traders; 60 known already; 0 found twice; 0 skipped; 3 tokens read, 0 skipped.\n')
  })

  it('only previews with --dry-run, without Redis and without the API', async () => {
    const args = ['discover', '--dry-run', '--redis', 'redis://127.0.0.1:1']
    const { code, out } = await runCli(args)
    expect(code).toBe(0)
    expect(out).toBe('20 trending tokens × 50 top traders on solana: at most 101 requests, 3,050 compute units, 1,000 pairs; the quota is not known\n')
    expect(JSON.parse((await runCli([...args, '--json', '--tokens', '1'])).out)).toEqual({
      plan: { chain: 'solana', tokens: 1, traders: 50 },
      preview: { requests: 6, computeUnits: 200, pairs: 50, seconds: null },
    })
  })

  it('stops at a spent allowance with one clear message, and keeps what it has', async () => {
    const { args, queue } = await between({ latencyMs: 5, allowance: 50 + 2 * 30 })
    const { code, err } = await runCli(['discover', '--traders', '10', ...args])
    expect(code).toBe(1)
    expect(err).toMatch(/Discovery ended early: .*allowance spent/)
    expect(err).not.toMatch(/^\s+at /m)
    expect(await queue.audit()).toMatchObject({ enqueued: 20, lost: 0 })
  })

  it('ends when it is interrupted; what is queued stays', async () => {
    const { args, queue } = await between({ latencyMs: 300 })
    const running = startCli(['discover', '--tokens', '60', '--traders', '100', ...args])
    await vi.waitFor(async () => expect((await queue.audit()).enqueued, running.said()).toBeGreaterThan(0), { timeout: 15_000, interval: 20 })
    running.process.kill('SIGTERM')
    const { code, out } = await running.ended
    expect(code).toBe(130)
    const { enqueued } = await queue.audit()
    expect(out).toContain(`${enqueued} new pairs of`)
  })

  it.each([
    [['--tokens', '0'], 'allowed are whole numbers from 1 to 1000'],
    [['--traders', 'many'], 'allowed are whole numbers from 1 to 1000'],
    [['--chain', 'narnia'], 'chain "narnia" is not known; known are solana'],
  ])('refuses %j', async (flags, message) => {
    const { code, out, err } = await runCli(['discover', ...flags])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('says what to set when no API is configured', async () => {
    const { code, err } = await runCli(['discover', '--redis', inject('redisUrl')])
    expect(code).toBe(2)
    expect(err).toContain('SLUICE_API_KEYS')
  })
})
