import fc from 'fast-check'
import { expect, it } from 'vitest'
import { packTexts } from '../../../src/main/queue/message-pack'
import { freshPipeline } from '../../support/pipeline'

it('texts that are packed into one argument come out in Redis as they went in, whatever their length and letters', async () => {
  const { redis } = await freshPipeline()
  const inRedis = (texts: readonly string[]) => redis.eval('return cmsgpack.unpack(ARGV[1])', 0, packTexts(texts))
  const text = fc.string({ unit: 'grapheme', maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 30 }), async (texts) => {
      expect(await inRedis(texts)).toEqual(texts)
    }),
  )
  const long = ['', 'é'.repeat(40_000), '漢'.repeat(100_000), 'x']
  expect(await inRedis(long)).toEqual(long)
  const many = Array.from({ length: 20_000 }, (_, i) => `${i}`)
  expect(await inRedis(many)).toEqual(many)
})
