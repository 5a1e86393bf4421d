import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../../src/main/analysis/answer'
import { readToken, readTrader, tradersSchema, trendingSchema } from '../../../src/main/analysis/discovered-pair'
import { readItem } from '../../../src/main/analysis/swap'
import { parseStoredEntry } from '../../../src/main/queue/stored-entry'
import { CASES, FUZZ_LIMIT_MS, seeded, textOf, TOKEN, WALLET } from './cases'

const KINDS = ['data', 'rate-limited', 'allowance-spent', 'key-refused', 'endpoint-refused', 'permanent', 'transient']
const SECRET = 'canary-key'
const status = fc.constantFrom(200, 200, 200, 201, 204, 301, 304, 400, 401, 403, 404, 408, 422, 429, 500, 503, 0, 999)

const scalar = fc.constantFrom('null', '1', '-1e400', '123456789012345678901234567890', 'true', '""', '"x"', '[]', '{}', `"${WALLET}"`, `"${TOKEN}"`, '"swap"', '"\\ud800"', '1e-9')
const objectOf = (names: readonly string[], value: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 6 }).map((fields) => `{${fields.map(([name, text]) => `"${name}":${text}`).join(',')}}`)
const side = objectOf(['address', 'symbol', 'decimals', 'amount', 'type_swap', 'price', 'change_amount', '__proto__'], scalar)
const item = objectOf(['base', 'quote', 'block_unix_time', 'tx_hash', 'tx_type', 'address', 'owner', 'volume', 'volumeUsd', 'trade', 'price'], fc.oneof(scalar, side))
const list = fc.array(fc.oneof(item, scalar), { maxLength: 3 }).map((items) => `[${items.join(',')}]`)
const data = fc.oneof(objectOf(['items', 'tokens', 'has_next'], fc.oneof(list, scalar)), scalar)
const whole = objectOf(['success', 'data', 'data', 'message', 'status'], fc.oneof(data, fc.constantFrom('true', 'false', `"Too many requests ${SECRET}"`)))
const page = list.map((items) => `{"success":true,"data":{"items":${items},"tokens":${items}}}`)
const cut = fc.tuple(whole, fc.nat(60)).map(([text, at]) => text.slice(0, at))
const noise = textOf('{', '}', '[', ']', '"', ':', ',', 'Rate limit', 'Compute units usage limit exceeded', '<html>', '\0', '\uFEFF', '\uFFFD', ' ', SECRET)
const body = fc.oneof(page, whole, cut, noise)

describe(`of ${CASES.toLocaleString('en')} answers of the API`, () => {
  it('each is data of its shape or an outcome with words, without the key; each item is read or told', () => {
    let items = 0
    const redact = (text: string) => text.replaceAll(SECRET, '***')
    const property = fc.property(status, body, fc.constantFrom(trendingSchema, tradersSchema), (code, text, schema) => {
      const answer = readAnswer<{ tokens?: unknown[]; items?: unknown[] }>(code, text, schema, redact)
      if (!KINDS.includes(answer.kind)) expect.fail(answer.kind)
      if (answer.kind !== 'data') {
        if (answer.message === '' || answer.message.includes(SECRET)) expect.fail(`${answer.kind}: ${answer.message}`)
        return
      }
      const token = { address: TOKEN, name: 'x', symbol: null, priceUsd: null }
      for (const found of [...(answer.data.tokens ?? []), ...(answer.data.items ?? [])]) {
        items += 1
        if (!['swap', 'other', 'unreadable'].includes(readItem(found).kind)) expect.fail('an item of no kind')
        for (const read of [readToken(found, 'solana'), readTrader(found, token, 'solana', 0)]) {
          if ('what' in read && read.reason === '') expect.fail('skipped without a reason')
        }
      }
    })
    fc.assert(property, seeded(CASES))
    expect(items).toBeGreaterThan(CASES / 10)
  }, FUZZ_LIMIT_MS)
})

describe(`of ${CASES.toLocaleString('en')} entries as Redis keeps them`, () => {
  it('each names its pair, whatever became of its text', () => {
    const stored = textOf('1 ', '9 ', '1700000000000 ', `{"wallet_address":"${WALLET}","token_address":"${TOKEN}"`, '}', ',"priority":', '"priority":9', 'null', '[', '{', '\0', '\uD800')
    const property = fc.property(fc.option(stored), (text) => {
      const { chain, wallet_address, token_address } = parseStoredEntry(`solana:${WALLET}:${TOKEN}`, text)
      if (`${chain}:${wallet_address}:${token_address}` !== `solana:${WALLET}:${TOKEN}`) expect.fail(`${text}`)
    })
    fc.assert(property, seeded(CASES))
  }, FUZZ_LIMIT_MS)
})
