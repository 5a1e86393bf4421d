import { describe, expect, it } from 'vitest'
import { commandSchemas } from '../../../src/shared/ipc-contract'
import { IMPORT_PIECE_BYTES, MAX_DROPPED_BYTES } from '../../../src/shared/pair-import'
import { MAX_RESULT_ROWS } from '../../../src/shared/results-query'
import { MAX_FAILURE_ROWS } from '../../../src/shared/failures'
import { MAX_WAITING_ROWS } from '../../../src/shared/waiting-pairs'
import { MOST_OWN_LIMITS } from '../../../src/shared/quota-choice'

const ids = (count: number) => ({ ids: Array.from({ length: count }, (_, n) => `solana:W${n}:T`) })
const accounts = (count: number) => ({
  redis: { kind: 'private' },
  apiBaseUrl: '',
  accounts: Array.from({ length: count }, () => ({ id: null, name: '', key: 'k', plan: null })),
})
const limits = (count: number) => ({ account: 1, choice: { kind: 'limits', limits: Array.from({ length: count }, () => ({ requests: 1, windowSeconds: 1 })) } })

/** A page that was taken over could otherwise have main hold, or ask Redis for, as much as it likes. */
describe('what a command may carry at most', () => {
  it.each([
    ['failures:retry', ids, 5000],
    ['failures:discard', ids, 5000],
    ['queue:prioritize', (count: number) => ({ priority: 1, pairs: ids(count) }), 5000],
    ['failures:rows', (count: number) => ({ selection: 1, from: 0, count }), MAX_FAILURE_ROWS],
    ['results:rows', (count: number) => ({ selection: 1, from: 0, count }), MAX_RESULT_ROWS],
    ['queue:rows', (count: number) => ({ place: 'ready', from: 0, count }), MAX_WAITING_ROWS],
    ['connections:save', accounts, 50],
    ['quota:choose', limits, MOST_OWN_LIMITS],
    ['import:drop', (bytes: number) => ({ name: 'a.csv', bytes }), MAX_DROPPED_BYTES],
    ['import:drop-piece', (bytes: number) => ({ id: 'i', at: 0, piece: new Uint8Array(bytes) }), IMPORT_PIECE_BYTES],
    ['batch:pairs', (number: number) => number, Number.MAX_SAFE_INTEGER],
    ['pair:result', (length: number) => 'x'.repeat(length), 400],
    ['import:drop-end', (length: number) => 'x'.repeat(length), 64],
    ['export:cancel', (length: number) => 'x'.repeat(length), 64],
  ] as const)('%s: so much and no more', (name, payloadOf, most) => {
    const isTaken = (amount: number) => commandSchemas[name].safeParse([payloadOf(amount)]).success
    expect([isTaken(most), isTaken(most + 1)]).toEqual([true, false])
  })
})
