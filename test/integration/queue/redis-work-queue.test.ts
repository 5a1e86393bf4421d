import { describe, expect, it, vi } from 'vitest'
import { TOKENS_APART } from '../../../src/main/queue/keys'
import type { BatchRecord } from '../../../src/shared/frames'
import type { ClaimedPair, Disposition, Settlement } from '../../../src/main/engine/ports'
import type { PairResult } from '../../../src/shared/result'
import { collect, entry, freshPipeline, idOf } from '../../support/pipeline'

const result = (wallet: string) => ({ wallet_address: wallet }) as PairResult // the other columns play no part here
const done: Disposition = { to: 'done', result: result('W') }
const refused: Disposition = { to: 'front', because: 'refused' }

const ODD = 'has a space, a colon or another character in it that no address has'

const all = (pairs: readonly ClaimedPair[], disposition: Disposition): Settlement[] =>
  pairs.map(({ id, token }) => ({ id, token, disposition }))
const wallets = (pairs: readonly ClaimedPair[]) => pairs.map((pair) => pair.entry.wallet_address)
const names = (n: number) => Array.from({ length: n }, (_, i) => `w${String(i).padStart(6, '0')}`)

async function filled(n: number) {
  const pipeline = await freshPipeline()
  await pipeline.queue.enqueue(names(n).map((name) => entry(name)))
  return pipeline
}

/** Moves the end of a lease into the past, instead of waiting for it. */
async function endLease({ redis, queue }: Awaited<ReturnType<typeof freshPipeline>>, ...ids: string[]) {
  for (const id of ids) {
    const lease = Number(await redis.zscore(queue.keys.inFlight, id))
    await redis.zadd(queue.keys.inFlight, 'XX', lease % TOKENS_APART, id)
  }
}

describe('the inbox', () => {
  it('is adopted oldest first, whatever language pushed to it', async () => {
    const { queue, redis, inbox } = await freshPipeline()
    for (const name of ['first', 'second', 'third']) await redis.lpush(inbox, entry(name))
    expect(await queue.adopt()).toEqual({ adopted: 3, duplicates: 0, rejected: 0, left: 0 })
    expect(wallets((await queue.claim(10)).pairs)).toEqual(['first', 'second', 'third'])
  })

  it('drops what is known in any place, and counts it', async () => {
    const { queue, redis, inbox } = await filled(3)
    const { pairs } = await queue.claim(2)
    await queue.settle(all(pairs.slice(0, 1), done))
    await redis.lpush(inbox, ...names(3).map((name) => entry(name)), entry('new'))
    expect(await queue.adopt()).toMatchObject({ adopted: 1, duplicates: 3 })
    expect(await queue.audit()).toMatchObject({ enqueued: 4, duplicates: 3, lost: 0 })
  })

  it('keeps what it cannot read, with the reason, and goes on', async () => {
    const { queue, redis, inbox } = await freshPipeline()
    const broken: [string, string][] = [
      ['not json', 'not JSON'],
      ['[1,2]', 'wallet_address is missing or is not text'],
      ['"text"', 'not a JSON object'],
      ['{"wallet_address":5,"token_address":"T"}', 'wallet_address is missing or is not text'],
      ['{"wallet_address":"W"}', 'token_address is missing or is not text'],
      [entry('a b'), `wallet_address ${ODD}`],
      [entry('a:b'), `wallet_address ${ODD}`],
      [entry('wállet'), `wallet_address ${ODD}`],
      [entry('x'.repeat(200)), 'wallet_address is longer than 128 characters'],
      [entry('W', { chain: 'so lana' }), 'chain is not a name made of letters, digits and hyphens'],
      [entry('W', { chain: 'c'.repeat(129) }), 'chain is longer than 128 characters'],
      ['\u0000\u0001', 'not JSON'],
    ]
    for (const [raw] of broken) await redis.lpush(inbox, raw)
    await redis.lpush(inbox, entry('good'))
    expect(await queue.adopt()).toEqual({ adopted: 1, duplicates: 0, rejected: broken.length, left: 0 })
    const kept = (await redis.lrange(queue.keys.rejected, 0, -1)).reverse().map((text) => JSON.parse(text))
    expect(kept.map(({ raw, reason }) => [raw, reason])).toEqual(broken)
    expect(await queue.audit()).toMatchObject({ enqueued: 1, ready: 1, rejected: broken.length, lost: 0 })
  })

  it('lends nothing that could not be named again: bytes that are no UTF-8 are no address', async () => {
    const { queue, redis, inbox } = await freshPipeline()
    await redis.lpush(inbox, Buffer.from([...Buffer.from('{"wallet_address":"w'), 0xff, ...Buffer.from('","token_address":"T"}')]))
    expect(await queue.adopt()).toMatchObject({ adopted: 0, rejected: 1 })
    expect(await redis.lindex(queue.keys.rejected, 0)).toContain(ODD)
  })

  it('takes no entry of a size that would fill the memory of whoever claims it, and keeps its beginning', async () => {
    const { queue, redis, inbox } = await freshPipeline()
    await redis.lpush(inbox, entry('W', { token_symbol: 'x'.repeat(1_000_000) }), entry('V', { token_symbol: 'x'.repeat(60_000) }))
    expect(await queue.adopt()).toMatchObject({ adopted: 1, rejected: 1 })
    const kept = await redis.lindex(queue.keys.rejected, 0)
    expect(JSON.parse(kept ?? '')).toMatchObject({ raw: expect.stringContaining('"W"'), reason: 'longer than 65536 bytes; only its beginning is kept' })
    expect(kept?.length).toBeLessThan(70_000)
  })

  it('that is no list is refused by its name, and nothing is touched', async () => {
    const { queue, redis, inbox } = await freshPipeline()
    await redis.set(inbox, 'precious')
    await expect(queue.adopt()).rejects.toThrow(`The inbox "${inbox}" is not a list but a string`)
    expect(await redis.get(inbox)).toBe('precious')
  })

  it('that is empty is looked at without a trace', async () => {
    const { queue, redis, pipeline } = await freshPipeline()
    expect(await queue.adopt()).toEqual({ adopted: 0, duplicates: 0, rejected: 0, left: 0 })
    expect(await redis.keys(`{sluice:${pipeline}}:*`)).toEqual([])
  })

  it('of any length is moved piece by piece', async () => {
    const { queue, redis, inbox } = await freshPipeline()
    await redis.lpush(inbox, ...names(2500).map((name) => entry(name)))
    expect((await queue.adopt()).left).toBe(1500)
    expect((await queue.adopt()).left).toBe(500)
    expect((await queue.adopt()).left).toBe(0)
    expect(await queue.audit()).toMatchObject({ enqueued: 2500, ready: 2500, inbox: 0, lost: 0 })
  })

  it('keeps numbers that are larger than 2^53 as they were written', async () => {
    const { queue, redis, inbox } = await freshPipeline()
    const raw = '{"wallet_address":"W","token_address":"T","trader_volume_usd":"9007199254740993.123456789012345678"}'
    await redis.lpush(inbox, raw)
    await queue.adopt()
    expect((await queue.claim(1)).pairs[0]?.entry.trader_volume_usd).toBe('9007199254740993.123456789012345678')
  })

  it('treats an EVM address as the same in any case', async () => {
    const { queue } = await freshPipeline()
    const pair = (wallet: string) => JSON.stringify({ wallet_address: wallet, token_address: '0xAB', chain: 'Base' })
    expect(await queue.enqueue([pair('0xAbC'), pair('0XABC'), pair('0xabc')])).toEqual([
      'enqueued',
      'duplicate',
      'duplicate',
    ])
    expect((await queue.claim(5)).pairs.map(({ id }) => id)).toEqual(['base:0xabc:0xab'])
  })
})

describe('order', () => {
  it('a claim of none takes none', async () => {
    const { queue } = await filled(2)
    expect(await queue.claim(0)).toMatchObject({ token: 0, pairs: [] })
    expect(await queue.audit()).toMatchObject({ ready: 2, inFlight: 0 })
  })

  it('a rate-limited pair is the next one claimed', async () => {
    const { queue } = await filled(5)
    const { pairs } = await queue.claim(1)
    await queue.settle(all(pairs, refused))
    expect(wallets((await queue.claim(2)).pairs)).toEqual(['w000000', 'w000001'])
  })

  it('several rate-limited pairs come back in front, in their order, newer returns before older ones', async () => {
    const { queue } = await filled(6)
    const first = await queue.claim(2)
    const second = await queue.claim(2)
    await queue.settle(all(first.pairs, refused))
    await queue.settle(all(second.pairs, refused))
    expect(wallets((await queue.claim(6)).pairs)).toEqual([
      'w000002',
      'w000003',
      'w000000',
      'w000001',
      'w000004',
      'w000005',
    ])
  })

  it('higher priority first, then arrival; the front before all of them', async () => {
    const { queue } = await freshPipeline()
    const entries = [entry('low'), entry('high', { priority: 9 }), entry('high2', { priority: 9 }), entry('mid', { priority: 5 })]
    await queue.enqueue(entries)
    const { pairs } = await queue.claim(4)
    expect(wallets(pairs)).toEqual(['high', 'high2', 'mid', 'low'])
    await queue.settle(all(pairs.slice(3), refused))
    await queue.settle(all(pairs.slice(0, 1), { to: 'front', because: 'untouched' }))
    expect(wallets((await queue.claim(4)).pairs)).toEqual(['high', 'low'])
  })
})

describe('settling', () => {
  it.each(['half a \ud83d', '\udc36 the other half', 'a NUL \0', '"}', '%s %d %', '\u2028'])('takes any words of a failure: %j', async (message) => {
    const { queue, reader } = await filled(3)
    const { pairs } = await queue.claim(3)
    const dispositions: Disposition[] = [done, { to: 'failed', reason: 'permanent', message }, { to: 'delayed', delayMs: 60_000, message }]
    expect(await queue.settle(pairs.map(({ id, token }, i) => ({ id, token, disposition: dispositions[i] ?? done })))).toEqual({ late: [] })
    expect(await queue.audit()).toMatchObject({ done: 1, failed: 1, delayed: 1, lost: 0 })
    expect(await collect(reader.failures())).toMatchObject([{ message, attempts: 1, refusals: 0, recoveries: 0 }])
  })

  it('puts each pair where it is told, and the ledger adds up', async () => {
    const { queue, reader } = await filled(5)
    const { pairs, token } = await queue.claim(4)
    const dispositions: Disposition[] = [
      { to: 'done', result: result('w000000') },
      refused,
      { to: 'delayed', delayMs: 60_000, message: 'reset' },
      { to: 'failed', reason: 'permanent', message: 'Invalid data' },
    ]
    const batch = { number: token, size: 4 } as BatchRecord // the rest plays no part here
    const settlements = pairs.map(({ id }, i) => ({ id, token, disposition: dispositions[i] ?? done }))
    expect(await queue.settle(settlements, [batch])).toEqual({ late: [] })
    expect(await queue.audit()).toMatchObject({ enqueued: 5, ready: 2, delayed: 1, inFlight: 0, done: 1, failed: 1, lost: 0 })
    expect(await collect(reader.results())).toEqual([{ wallet_address: 'w000000' }])
    expect(await collect(reader.failures())).toMatchObject([
      { id: idOf('w000003'), reason: 'permanent', message: 'Invalid data', attempts: 1, refusals: 0, recoveries: 0 },
    ])
    expect(await collect(reader.batches())).toEqual([batch])
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -5, 1e25])('loses no pair over a delay of %d ms', async (delayMs) => {
    const { queue } = await filled(2)
    const { pairs } = await queue.claim(2)
    expect(await queue.settle(all(pairs, { to: 'delayed', delayMs, message: 'reset' }))).toEqual({ late: [] })
    expect(await queue.audit()).toMatchObject({ delayed: 2, inFlight: 0, lost: 0 })
  })

  it('records every batch that ends with it, in order', async () => {
    const { queue, reader } = await filled(3)
    const { pairs } = await queue.claim(3)
    const batches = [1, 2, 3].map((number) => ({ number }) as BatchRecord) // the rest plays no part here
    await queue.settle(all(pairs, done), batches)
    expect(await collect(reader.batches())).toEqual(batches)
    expect(await queue.settle([], [])).toEqual({ late: [] })
    expect(await collect(reader.batches())).toHaveLength(3)
  })

  it('keeps the record of a pair through failing, and clears it when the pair is done', async () => {
    const pipeline = await filled(2)
    const { queue, redis } = pipeline
    const [first, second] = (await queue.claim(2)).pairs
    if (!first || !second) throw new Error('two were to be lent')
    await queue.settle([...all([first], refused), ...all([second], { to: 'delayed', delayMs: 0, message: 'reset' })])
    expect(await redis.hgetall(queue.keys.troubles)).toEqual({ [first.id]: '0 1 0', [second.id]: '1 0 0 0 reset' })
    const again = await queue.claim(2)
    expect(again.pairs).toMatchObject([{ refusals: 1, attempts: 0 }, { refusals: 0, attempts: 1 }])
    await queue.settle(all(again.pairs, done))
    expect(await redis.hgetall(queue.keys.troubles)).toEqual({})
  })

  it('counts refusals, attempts and crashes apart', async () => {
    const pipeline = await filled(1)
    const { queue, redis } = pipeline
    await queue.settle(all((await queue.claim(1)).pairs, refused))
    await queue.settle(all((await queue.claim(1)).pairs, { to: 'front', because: 'untouched' }))
    await queue.settle(all((await queue.claim(1)).pairs, { to: 'delayed', delayMs: 0, message: 'reset' }))
    await queue.claim(1)
    await endLease(pipeline, idOf('w000000'))
    await queue.recover()
    expect((await queue.claim(1)).pairs[0]).toMatchObject({ refusals: 1, attempts: 1, recoveries: 1 })
    await redis.ping()
  })

  it('a delayed pair comes back when it is due, and claim says when that will be', async () => {
    const { queue, redis } = await filled(1)
    await queue.settle(all((await queue.claim(1)).pairs, { to: 'delayed', delayMs: 60_000, message: 'reset' }))
    const empty = await queue.claim(1)
    expect(empty).toMatchObject({ token: 0, pairs: [] })
    expect(empty.nextDueMs).toBeGreaterThan(50_000)
    await redis.zadd(queue.keys.delayed, 1, idOf('w000000'))
    expect(wallets((await queue.claim(1)).pairs)).toEqual(['w000000'])
  })

  it('that comes late changes nothing: another engine has the pair', async () => {
    const pipeline = await filled(1)
    const { queue, queueOf, reader } = pipeline
    const zombie = await queue.claim(1)
    await endLease(pipeline, idOf('w000000'))
    const other = queueOf('b')
    expect(await other.recover()).toEqual({ recovered: 1, failed: 0 })
    const again = await other.claim(1)
    expect(again.token).toBeGreaterThan(zombie.token)
    expect(await queue.settle(all(zombie.pairs, { to: 'done', result: result('zombie') }))).toEqual({
      late: [idOf('w000000')],
    })
    expect(await queue.audit()).toMatchObject({ inFlight: 1, done: 0, lost: 0 })
    await other.settle(all(again.pairs, { to: 'done', result: result('true') }))
    expect(await queue.settle(all(zombie.pairs, { to: 'failed', reason: 'timeout', message: '' }))).toMatchObject({
      late: [idOf('w000000')],
    })
    expect(await collect(reader.results())).toEqual([{ wallet_address: 'true' }])
  })

  it('of a token so old that a lease cannot tell it from a new one comes late', async () => {
    const pipeline = await filled(1)
    const { queue, queueOf, redis } = pipeline
    const zombie = await queue.claim(1)
    await endLease(pipeline, idOf('w000000'))
    await queue.recover()
    // As many claims later the mark of the token comes round again.
    await redis.hset(queue.keys.sequences, 'fence', zombie.token + TOKENS_APART - 1)
    const again = await queueOf('b').claim(1)
    expect(again.token % TOKENS_APART).toBe(zombie.token)
    expect(await queue.heartbeat(zombie.pairs)).toEqual({ lost: [idOf('w000000')] })
    expect(await queue.settle(all(zombie.pairs, done))).toEqual({ late: [idOf('w000000')] })
    expect(await queueOf('b').heartbeat(again.pairs)).toEqual({ lost: [] })
    expect(await queueOf('b').settle(all(again.pairs, done))).toEqual({ late: [] })
  })

  it('a lease that has ended but was not taken over still settles', async () => {
    const pipeline = await filled(1)
    const { pairs } = await pipeline.queue.claim(1)
    await endLease(pipeline, idOf('w000000'))
    expect(await pipeline.queue.settle(all(pairs, done))).toEqual({ late: [] })
  })

  it('keeps the result of each pair that was held, whichever others of its batch were late', async () => {
    const { queue, reader, redis } = await filled(3)
    const { pairs } = await queue.claim(3)
    const doneAs = (name: string): Settlement[] => all(pairs, { to: 'done', result: result(name) })
    await queue.settle(doneAs('before').slice(1, 2))
    const late = [idOf('w000001'), idOf('w000002')]
    expect(await queue.settle([...doneAs('now'), ...doneAs('twice').slice(2)])).toEqual({ late })
    const stored = await redis.hmget(queue.keys.results, ...pairs.map(({ id }) => id))
    expect(stored.map((text) => text?.split(' ')[2])).toEqual(['["now"]', '["before"]', '["now"]'])
    expect(await collect(reader.results())).toHaveLength(3)
    expect(await queue.audit()).toMatchObject({ done: 3, inFlight: 0, lost: 0 })
  })

  it('takes a pair that is named twice only once', async () => {
    const { queue } = await filled(1)
    const { pairs } = await queue.claim(1)
    expect(await queue.settle([...all(pairs, done), ...all(pairs, refused)])).toEqual({ late: [idOf('w000000')] })
    expect(await queue.audit()).toMatchObject({ done: 1, ready: 0, lost: 0 })
  })
})

describe('leases', () => {
  it('are prolonged by heartbeat, pair by pair', async () => {
    const pipeline = await filled(3)
    const { queue, redis } = pipeline
    const { pairs } = await queue.claim(3)
    await endLease(pipeline, ...pairs.map(({ id }) => id))
    expect(await queue.heartbeat(pairs.slice(0, 2))).toEqual({ lost: [] })
    expect(await queue.recover()).toEqual({ recovered: 1, failed: 0 })
    expect(await redis.zcard(queue.keys.inFlight)).toBe(2)
    expect(await queue.heartbeat(pairs)).toEqual({ lost: [idOf('w000002')] })
  })

  it('do not end before their time, at whichever moment of a second they begin or are prolonged', async () => {
    const { redis, queue, queueOf } = await filled(1)
    const short = queueOf('short', { leaseMs: 1000 })
    const nowMs = async () => (await redis.time()).reduce((ms, part, i) => ms + Number(part) * (i === 0 ? 1000 : 0.001), 0)
    const endMs = async (id: string) => Math.floor(Number(await redis.zscore(queue.keys.inFlight, id)) / TOKENS_APART) * 1000
    const claimedMs = await nowMs()
    const [pair] = (await short.claim(1)).pairs
    if (!pair) throw new Error('one was to be lent')
    expect(await endMs(pair.id)).toBeGreaterThanOrEqual(claimedMs + 1000)
    const prolongedMs = await nowMs()
    expect(await short.heartbeat([pair])).toEqual({ lost: [] })
    expect(await endMs(pair.id)).toBeGreaterThanOrEqual(prolongedMs + 1000)
    expect(await queue.recover()).toEqual({ recovered: 0, failed: 0 })
  })

  it('that end too often for one pair set it aside as crashed', async () => {
    const pipeline = await filled(1)
    const { queue, reader } = pipeline
    for (let crash = 0; crash < 4; crash += 1) {
      await queue.claim(1)
      await endLease(pipeline, idOf('w000000'))
      await queue.recover()
    }
    expect(await collect(reader.failures())).toMatchObject([{ reason: 'crashed', recoveries: 4, attempts: 0 }])
    expect(await queue.audit()).toMatchObject({ failed: 1, recovered: 4, lost: 0 })
  })
})

describe('commands whose reply was lost', () => {
  /** The same engine after a reconnect: its owner name and request numbers are those of before. */
  async function resent() {
    const pipeline = await filled(4)
    return { ...pipeline, again: pipeline.queueOf('a') }
  }

  it('claim lends the same pairs again instead of orphaning them', async () => {
    const { queueOf } = await filled(4)
    const [once, twice] = [queueOf('x'), queueOf('x')]
    const first = await once.claim(2)
    expect(await twice.claim(2)).toEqual(first)
    expect(await once.audit()).toMatchObject({ inFlight: 2, ready: 2 })
  })

  it('claim lends nothing again that another engine has since taken over', async () => {
    const pipeline = await filled(2)
    const [once, twice] = [pipeline.queueOf('x'), pipeline.queueOf('x')]
    const first = await once.claim(2)
    await endLease(pipeline, ...first.pairs.slice(0, 1).map(({ id }) => id))
    await pipeline.queue.recover()
    const other = await pipeline.queueOf('z').claim(1)
    expect((await twice.claim(2)).pairs).toEqual(first.pairs.slice(1))
    expect(await pipeline.queueOf('z').heartbeat(other.pairs)).toEqual({ lost: [] })
  })

  it('settle answers as it did, and does not call its own work late', async () => {
    const { queueOf } = await filled(4)
    const { pairs } = await queueOf('y').claim(4)
    const [once, twice] = [queueOf('x'), queueOf('x')]
    expect(await once.settle(all(pairs, done))).toEqual({ late: [] })
    expect(await twice.settle(all(pairs, done))).toEqual({ late: [] })
    expect(await once.audit()).toMatchObject({ done: 4, lost: 0 })
  })

  it('retry, its undoing, discard and a change of priorities say what they did, and do nothing twice', async () => {
    const { queue, queueOf, reader } = await filled(4)
    const { pairs } = await queue.claim(4)
    await queue.settle(all(pairs, { to: 'failed', reason: 'permanent', message: 'no' }))
    const failures = await collect(reader.failures())
    const [one = '', two = '', ...others] = failures.map(({ id }) => id)
    const [once, twice] = [queueOf('x'), queueOf('x')]
    for (const engine of [once, twice]) expect(await engine.retryFailed([one, two, 'not-failed'])).toBe(2)
    for (const engine of [once, twice]) expect(await engine.prioritize([one, two], 9)).toBe(2)
    for (const engine of [once, twice]) expect(await engine.discardFailed(others)).toBe(2)
    expect(await once.audit()).toMatchObject({ enqueued: 4, ready: 2, failed: 0, discarded: 2, lost: 0 })
    for (const engine of [once, twice]) expect(await engine.unretry(failures)).toBe(2)
    expect(await once.audit()).toMatchObject({ ready: 0, failed: 2, discarded: 2, lost: 0 })
  })

  it('each of many that were under way at once answers as it did', async () => {
    const pipeline = await filled(200)
    const [once, twice] = [pipeline.queueOf('x'), pipeline.queueOf('x')]
    const turns = Array.from({ length: 20 }, (_, i) => i)
    const claims = await Promise.all(turns.map(() => once.claim(5)))
    expect(new Set(claims.flatMap(({ pairs }) => pairs.map(({ id }) => id))).size).toBe(100)
    expect(await Promise.all(turns.map(() => twice.claim(5)))).toEqual(claims)
    const receipts = turns.map(() => ({ late: [] }))
    const settleAll = (queue: typeof once) => Promise.all(claims.map(({ pairs }) => queue.settle(all(pairs, done))))
    expect(await settleAll(once)).toEqual(receipts)
    expect(await settleAll(twice)).toEqual(receipts)
    expect(await once.audit()).toMatchObject({ done: 100, inFlight: 0, ready: 100, lost: 0 })
  })

  it('the last of a long run are known, whatever else was sent', async () => {
    const { queueOf } = await filled(200)
    const [once, twice] = [queueOf('x'), queueOf('x')]
    const turns = Array.from({ length: 150 }, (_, i) => i)
    const claims = await Promise.all(turns.map(() => once.claim(1)))
    expect(new Set(claims.flatMap(({ pairs }) => pairs.map(({ id }) => id))).size).toBe(150)
    await Promise.all(turns.slice(64).map(() => twice.adopt()))
    expect(await Promise.all(turns.slice(-64).map(() => twice.claim(1)))).toEqual(claims.slice(-64))
  })

  it('no more are under way at once than are remembered', async () => {
    const { redis, queue } = await filled(100)
    // A server that does not answer.
    const sent: unknown[] = []
    redis.sluiceClaim = (...args) => {
      sent.push(args)
      return new Promise(() => {})
    }
    for (let i = 0; i < 100; i += 1) void queue.claim(1)
    await redis.ping()
    expect(sent).toHaveLength(64)
  })

  it('enqueue answers as it did, and does not call its own pairs duplicates', async () => {
    const { queueOf } = await resent()
    const [once, twice] = [queueOf('x'), queueOf('x')]
    expect(await once.enqueue([entry('n')])).toEqual(['enqueued'])
    expect(await twice.enqueue([entry('n')])).toEqual(['enqueued'])
    expect(await once.audit()).toMatchObject({ enqueued: 5, duplicates: 0 })
  })
})

describe('a done pair', () => {
  it('is analysed again only when that is asked for, and keeps its place in the ledger', async () => {
    const { queue, reader } = await filled(1)
    await queue.settle(all((await queue.claim(1)).pairs, { to: 'done', result: result('old') }))
    expect(await queue.enqueue([entry('w000000')])).toEqual(['duplicate'])
    expect(await queue.enqueue([entry('w000000')], { reanalyze: true })).toEqual(['enqueued'])
    expect(await queue.audit()).toMatchObject({ enqueued: 1, ready: 1, done: 0, lost: 0 })
    await queue.settle(all((await queue.claim(1)).pairs, { to: 'done', result: result('new') }))
    expect(await collect(reader.results())).toEqual([{ wallet_address: 'new' }])
  })

  it('come once in a reading, though they are done again while it goes on', async () => {
    const { queue, reader, redis } = await freshPipeline()
    const wallets = Array.from({ length: 1500 }, (_, i) => `w${String(i).padStart(6, '0')}`)
    await queue.enqueue(wallets.map((wallet) => entry(wallet)))
    const settleAll = async (count: number) => queue.settle(all((await queue.claim(count)).pairs, done))
    await settleAll(1500)
    const reading = reader.results()
    await reading.next()
    const serverMs = async () => {
      const [seconds, microseconds] = await redis.time()
      return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000)
    }
    const readingFromMs = await serverMs()
    await vi.waitFor(async () => expect(await serverMs()).toBeGreaterThan(readingFromMs), { interval: 1 })
    await queue.enqueue([entry('w000000'), entry('new')], { reanalyze: true })
    await settleAll(2)
    expect(await collect(reading)).toHaveLength(1499)
    expect(await collect(reader.results())).toHaveLength(1501)
  })
})

describe('failed pairs', () => {
  it('go back to the end of the line with a clean record when they are retried', async () => {
    const { queue } = await filled(2)
    const { pairs } = await queue.claim(1)
    await queue.settle(all(pairs, { to: 'failed', reason: 'permanent', message: 'no' }))
    expect(await queue.retryFailed([idOf('w000000'), 'unknown'])).toBe(1)
    const { pairs: next } = await queue.claim(2)
    expect(wallets(next)).toEqual(['w000001', 'w000000'])
    expect(next[1]).toMatchObject({ attempts: 0, refusals: 0, recoveries: 0 })
    expect(await queue.audit()).toMatchObject({ enqueued: 2, failed: 0, lost: 0 })
  })
})

describe('size', () => {
  it('a hundred thousand pairs go through claims and settlements of any size', async () => {
    const { queue, reader } = await freshPipeline()
    const entries = names(100_000).map((name) => entry(name))
    for (let i = 0; i < entries.length; i += 20_000) await queue.enqueue(entries.slice(i, i + 20_000))
    const { pairs } = await queue.claim(60_000)
    await queue.heartbeat(pairs)
    await queue.settle(all(pairs, done))
    await queue.settle(all((await queue.claim(40_000)).pairs, refused))
    expect(await queue.audit()).toMatchObject({ enqueued: 100_000, ready: 40_000, done: 60_000, lost: 0 })
    expect(await collect(reader.results())).toHaveLength(60_000)
  }, 120_000)
})
