import { describe, expect, inject, it } from 'vitest'
import { runCli } from '../../support/cli'
import { entry, freshPipeline } from '../../support/pipeline'

/** Ten failed pairs: three that took too long, seven that the API refused. */
async function failed() {
  const { queue, pipeline } = await freshPipeline()
  await queue.enqueue(Array.from({ length: 10 }, (_, n) => entry(`Wallet${n}`)))
  const { pairs } = await queue.claim(10)
  await queue.settle(
    pairs.map(({ id, token }, n) => ({
      id,
      token,
      disposition: n < 3 ? { to: 'failed', reason: 'timeout', message: `not finished within ${n} s` } : { to: 'failed', reason: 'permanent', message: `404 no wallet ${n}` },
    })),
  )
  return { queue, run: (...args: string[]) => runCli([...args, '--redis', inject('redisUrl'), '--pipeline', pipeline]) }
}

describe('failed pairs, from the command line', () => {
  it('are discarded as they are filtered, and count as discarded', async () => {
    const { queue, run } = await failed()
    expect(await run('discard-failed', '--text', 'no wallet', '--dry-run')).toMatchObject({ code: 0, out: '{"matching":7}\n' })
    expect(await queue.audit()).toMatchObject({ failed: 10, discarded: 0 })
    expect((await run('discard-failed', '--wallet', 'Wallet5')).out).toBe('{"discarded":1}\n')
    expect((await run('discard-failed', '--text', 'no wallet')).out).toBe('{"discarded":6}\n')
    expect(await queue.audit()).toMatchObject({ failed: 3, discarded: 7, lost: 0 })
    expect((await run('discard-failed', '--all')).out).toBe('{"discarded":3}\n')
    expect(await queue.audit()).toMatchObject({ enqueued: 10, failed: 0, discarded: 10, lost: 0 })
  })

  it('are retried by the same filters', async () => {
    const { queue, run } = await failed()
    expect((await run('retry-failed', '--reason', 'timeout', '--min-attempts', '2')).out).toBe('{"retried":0}\n')
    expect((await run('retry-failed', '--reason', 'timeout', '--min-attempts', '1')).out).toBe('{"retried":3}\n')
    expect(await queue.audit()).toMatchObject({ failed: 7, ready: 3, lost: 0 })
  })

  it('are not discarded without saying which, nor by a flag that makes no sense', async () => {
    const { queue, run } = await failed()
    expect(await run('discard-failed')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('say which pairs') })
    expect(await run('discard-failed', '--all', '--text', 'x')).toMatchObject({ code: 2, out: '' })
    expect(await run('discard-failed', '--min-refusals', 'many')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--min-refusals') })
    expect(await queue.audit()).toMatchObject({ failed: 10, discarded: 0 })
  })
})
