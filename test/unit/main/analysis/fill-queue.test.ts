import fc from 'fast-check'
import { base58 } from '@scure/base'
import { describe, expect, it } from 'vitest'
import type { Query, Reply } from '../../../../src/main/analysis/birdeye-client'
import { fillQueue, type FillOptions, type Verdict } from '../../../../src/main/analysis/fill-queue'
import type { DiscoveryProgress, DiscoverySkip } from '../../../../src/shared/discovery'
import { ManualClock } from '../../../support/manual-clock'

const address = (number: number) => base58.encode(new Uint8Array(32).fill(number))
const plan = { chain: 'solana', tokens: 2, traders: 10 }

/** An API of so many tokens, each with these owners; its answers are what the client would make of them. */
function apiOf(tokens: number, owners: readonly string[], symbol = 'T') {
  const get = async ({ endpoint, data }: Query<unknown>): Promise<Reply<unknown>> => {
    const list = Array.from({ length: tokens }, (_, i) => ({ address: address(i + 1), symbol: `${symbol}${i + 1}` }))
    const items = owners.map((owner) => ({ owner }))
    return { kind: 'data', data: data.parse(endpoint === '/defi/token_trending' ? { tokens: list } : { items }) }
  }
  return { get: get as FillOptions['client']['get'] } // one type for every query
}

async function fill(parts: Partial<FillOptions> = {}) {
  const queued: string[] = []
  const skips: DiscoverySkip[] = []
  const told: DiscoveryProgress[] = []
  const end = await fillQueue(plan, {
    client: apiOf(2, [address(50), address(51)]),
    clock: new ManualClock(),
    quotaPerSecond: null,
    enqueue: async (entries) => entries.map((entry) => (queued.push(entry), 'enqueued')),
    signal: new AbortController().signal,
    onProgress: (progress) => told.push(progress),
    onSkip: (skip) => skips.push(skip),
    ...parts,
  })
  return { end, queued, skips, told }
}

describe('filling the queue', () => {
  it('queues what is found, group by group, and tells how far it is', async () => {
    const { end, queued, told } = await fill()
    expect(queued).toHaveLength(4)
    expect(JSON.parse(queued[0] ?? '')).toMatchObject({ wallet_address: address(50), token_address: address(1), token_symbol: 'T1' })
    expect(end).toMatchObject({
      state: { kind: 'finished' },
      counts: { requests: 3, requestsExpected: 3, tokens: 2, tokensRead: 2, traders: 4, enqueued: 4, known: 0, repeated: 0 },
    })
    expect(told[0]).toMatchObject({ state: { kind: 'running' }, counts: { requests: 0, enqueued: 0 } })
    expect(told.map(({ counts }) => counts.enqueued)).toEqual(told.map(({ counts }) => counts.enqueued).toSorted())
  })

  it('queues whole characters only: with half of one in its symbol, none of a token’s traders could be read', async () => {
    const { queued } = await fill({ client: apiOf(1, [address(50)], '\ud83d') })
    expect(queued).toEqual([expect.stringContaining('"token_symbol":"\uFFFD1"')])
  })

  it('counts every trader once, whatever becomes of it', async () => {
    const verdict = fc.constantFrom<Verdict>('enqueued', 'duplicate', { rejected: 'no' })
    const owner = fc.constantFrom(...Array.from({ length: 5 }, (_, i) => address(60 + i)), 'not an address')
    await fc.assert(
      fc.asyncProperty(fc.array(owner, { maxLength: 10 }), fc.infiniteStream(verdict), async (owners, verdicts) => {
        const enqueue = async (entries: readonly string[]) => entries.map(() => verdicts.next().value)
        const { end, skips } = await fill({ client: apiOf(2, owners), enqueue })
        const { traders, enqueued, known, repeated, tradersSkipped, tokensRead } = end.counts
        expect(traders).toBe(2 * owners.length)
        expect(enqueued + known + repeated + tradersSkipped).toBe(traders)
        expect(skips).toHaveLength(tradersSkipped)
        expect(end.skips.length).toBeLessThanOrEqual(5)
        expect(tokensRead).toBe(2)
      }),
    )
  })

  it('ends with a message when the queue cannot be had, and says what was queued before', async () => {
    let groups = 0
    const enqueue = async (entries: readonly string[]): Promise<Verdict[]> => {
      if (++groups === 2) throw new Error('Redis is gone')
      return entries.map(() => 'enqueued')
    }
    const { end } = await fill({ enqueue })
    expect(end).toMatchObject({ state: { kind: 'failed', message: 'Redis is gone' }, counts: { enqueued: 2 } })
  })

  it('is cancelled by its signal', async () => {
    const { end, queued } = await fill({ signal: AbortSignal.abort() })
    expect(end.state).toEqual({ kind: 'cancelled' })
    expect(queued).toEqual([])
  })

  it('is cancelled within 2 s though the queue does not answer, and keeps the word of one that does', async () => {
    for (const answers of [false, true]) {
      const clock = new ManualClock()
      const abort = new AbortController()
      const enqueue = (entries: readonly string[]): Promise<Verdict[]> => {
        abort.abort()
        return answers ? Promise.resolve(entries.map(() => 'enqueued')) : new Promise(() => undefined)
      }
      const filling = fill({ clock, enqueue, signal: abort.signal })
      if (!answers) await clock.passSleepOf(2000)
      expect((await filling).end).toMatchObject({ state: { kind: 'cancelled' }, counts: { enqueued: answers ? 2 : 0 } })
    }
  })

  it('says why it waits, and for how long', async () => {
    const clock = new ManualClock()
    const answers: Reply<never>[] = [{ kind: 'rate-limited', message: '429 Too many requests' }]
    const usual = apiOf(1, [])
    const get = (query: Query<unknown>, signal: AbortSignal) => answers.shift() ?? usual.get(query, signal)
    const filling = fill({ clock, client: { get: get as FillOptions['client']['get'] } }) // as above
    await clock.passSleepOf(1000)
    const { told, end } = await filling
    expect(told.map(({ state }) => (state.kind === 'running' ? state.waiting : null))).toContain('429 Too many requests; again in 1 s')
    expect(end).toMatchObject({ state: { kind: 'finished' }, counts: { requests: 3 } })
  })
})
