import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { runCli, temporaryFolder } from '../../support/cli'
import { freshPipeline } from '../../support/pipeline'

const good = '7iZ8nLEYgDFGGfDSRSxkBV1F7nPQ3pDv4R4uyCKHkYoJ'
const token = 'So11111111111111111111111111111111111111112'

async function refused(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { code, out, err } = await runCli(args, { SLUICE_USER_DATA_DIR: await temporaryFolder(), ...env })
  expect(out).toBe('')
  expect(code).toBe(2)
  expect(err).not.toMatch(/^\s+at /m)
  return err.trim()
}

describe('bad input gets one clear message', () => {
  it('an unreachable Redis', async () => {
    const message = await refused(['status', '--redis', 'redis://:s3cret@127.0.0.1:1'])
    expect(message).toMatch(/Redis at redis:\/\/127\.0\.0\.1:1 cannot be used: nothing listens there/)
    expect(message).not.toContain('s3cret')
  })

  it('what a terminal would obey, where it is said again', async () => {
    const message = await refused(['enqueue', 'no\u001b]0;title\u0007such\u001b[2J.csv', '--redis', inject('redisUrl')])
    expect(message).toContain('such')
    expect(message).not.toMatch(/[^\P{Cc}\n\t]/u)
  })

  it('a broken TOML', async () => {
    const file = join(await temporaryFolder(), 'broken.toml')
    await writeFile(file, '[system]\npnl_parallel_batch_size = = 20\n')
    expect(await refused(['status', '--config', file])).toMatch(/broken\.toml.*2/)
  })

  it('a setting out of its bounds', async () => {
    const file = join(await temporaryFolder(), 'sluice.toml')
    await writeFile(file, '[system]\npnl_parallel_batch_size = 501\n')
    expect(await refused(['work', '--config', file])).toMatch(/pnl_parallel_batch_size.*501.*500/)
  })

  it('no API to work with', async () => {
    expect(await refused(['work', '--redis', inject('redisUrl')])).toContain('SLUICE_API_KEYS')
  })

  it('an unknown command, a missing argument, a wrong flag', async () => {
    expect(await refused(['wrok'])).toContain("unknown command 'wrok'")
    expect(await refused(['enqueue'])).toContain("missing required argument 'file'")
    expect(await refused(['simulate', '--rps', 'many'])).toMatch(/--rps.*many/)
    expect(await refused(['export', 'everything', 'x.csv'])).toContain('allowed are results, failed, attempts, batches')
  })

  it('a priority that is none, or for no pairs in particular', async () => {
    expect(await refused(['priority', '10', '--all'])).toContain('"10" is not a whole number from 0 to 9')
    expect(await refused(['priority', '5'])).toContain('say which pairs')
    expect(await refused(['priority', '5', '--all', '--wallet', good])).toContain('say which pairs')
  })

  it('a file that is not there, or a folder', async () => {
    const args = ['--redis', inject('redisUrl')]
    expect(await refused(['enqueue', '/nowhere/pairs.csv', ...args])).toContain('/nowhere/pairs.csv')
    expect(await refused(['enqueue', await temporaryFolder(), ...args])).toContain('folder')
  })
})

describe('a CSV with broken rows', () => {
  it('is queued as far as it goes; each broken row is told with its line and reason', async () => {
    const { pipeline, queue } = await freshPipeline()
    const rows = [
      'wallet,token,chain,priority',
      `${good},${token},solana,`,
      `${good},${token}`,
      `,${token},solana,`,
      `${good},,solana,`,
      `0OIl${good.slice(4)},${token},solana,`,
      `${good.slice(0, 20)},${token},solana,`,
      `${good},${token},so lana,`,
      `${good},${token},solana,12`,
      `"${good},${token},solana,`,
      `0x123,${token},base,`,
      `${good},${token}\u0000,solana,`,
      `${token},${token},solana,`,
    ]
    const file = join(await temporaryFolder(), 'pairs.csv')
    await writeFile(file, rows.join('\r\n'))
    const { code, out, err } = await runCli(['enqueue', file, '--redis', inject('redisUrl'), '--pipeline', pipeline])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({ enqueued: 2, duplicates: 0, rejected: 10 })
    for (const line of [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) expect(err).toMatch(new RegExp(`pairs\\.csv:${line}: .+`))
    expect(await queue.audit()).toMatchObject({ enqueued: 2, ready: 2, lost: 0 })
  })
})
