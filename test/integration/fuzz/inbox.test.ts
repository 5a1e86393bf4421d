import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CASES, FUZZ_LIMIT_MS, seeded, textOf } from '../../unit/fuzz/cases'
import { freshPipeline } from '../../support/pipeline'

const AT_ONCE = 1000
const fragments = ['{', '}', '[', ']', ':', ',', '"', '\\u0000', '\\ud800', '"wallet_address":', '"token_address":', '"chain":', '"priority":', '"trader_volume_usd":', '"0xAB"', '"w:1"', '" "', 'null', '1e999', '-1', 'true', '0x1', '\0', '\uFEFF', '\n', 'NaN']
const nearly = fc
  .tuple(fc.nat(), fc.constantFrom('', ',"priority":9.5', ',"priority":"nan"', ',"chain":null', ',"chain":{}', ',"trader_volume_usd":"0x1p9"', ',"reanalyze":true', ',"token_address":[]', '}'))
  .map(([n, more]) => `{"wallet_address":"w${n}","token_address":"T"${more}}`)
const deep = fc.constantFrom('['.repeat(5000), '{"a":'.repeat(1200), `{"wallet_address":"${'x'.repeat(200)}","token_address":"T"}`)
const entry = fc.oneof(
  { weight: 5, arbitrary: nearly.map((text) => Buffer.from(text)) },
  { weight: 5, arbitrary: textOf(...fragments).map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: deep.map((text) => Buffer.from(text)) },
)

describe(`of ${CASES.toLocaleString('en')} entries in the inbox`, () => {
  it('each is adopted, a duplicate, or kept with its reason; what was adopted can be worked', async () => {
    const { queue, redis, inbox } = await freshPipeline()
    const sum = { adopted: 0, duplicates: 0, rejected: 0 }
    const property = fc.asyncProperty(fc.array(entry, { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' }), async (entries) => {
      await redis.lpush(inbox, ...entries)
      const { left, ...counts } = await queue.adopt()
      expect(left).toBe(0)
      expect(counts.adopted + counts.duplicates + counts.rejected).toBe(AT_ONCE)
      for (const name of ['adopted', 'duplicates', 'rejected'] as const) sum[name] += counts[name]
      const { pairs } = await queue.claim(AT_ONCE)
      expect(pairs.map(({ id }) => id).sort()).toEqual([...new Set(pairs.map(({ entry: { chain, wallet_address, token_address } }) => `${chain}:${wallet_address.replace(/^0x.*/i, (text) => text.toLowerCase())}:${token_address.replace(/^0x.*/i, (text) => text.toLowerCase())}`))].sort())
    })
    await fc.assert(property, { ...seeded(CASES / AT_ONCE), endOnFailure: true })
    const ledger = await queue.audit()
    expect(ledger).toMatchObject({ enqueued: sum.adopted, inFlight: sum.adopted, duplicates: sum.duplicates, rejected: sum.rejected, lost: 0 })
    const kept = await redis.lrange(queue.keys.rejected, 0, -1)
    expect(kept.filter((text) => !/"reason":"[^"]/.test(text))).toEqual([])
    expect(sum.adopted).toBeGreaterThan(CASES / 20)
  }, FUZZ_LIMIT_MS)
})
