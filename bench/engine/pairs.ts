import { RESULT_COLUMNS, type PairResult } from '../../src/shared/result'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** An address as long as Solana's, different for each number. */
function address(number: number, salt: number): string {
  let state = (number * 2654435761 + salt) >>> 0
  let text = ''
  for (let i = 0; i < 36; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    text += ALPHABET[state % 58]
  }
  return text + String(number).padStart(8, '1').replaceAll('0', 'A')
}

/** Inbox entries as the discovery service writes them, in the numbers [from, to). */
export function entries(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) =>
    JSON.stringify({
      wallet_address: address(from + i, 1),
      token_address: address((from + i) % 1000, 2),
      chain: 'solana',
      token_symbol: 'BENCH',
      trader_volume_usd: 12_345.67,
      trader_trades: 42,
      discovered_at: '2026-01-01T00:00:00.000Z',
    }),
  )
}

const BLANK = Object.fromEntries(RESULT_COLUMNS.map(({ name }) => [name, null])) as PairResult // each column is there

/** Spelled once: what is measured is the queue, not the spelling of dates. */
const ANALYZED_AT = new Date().toISOString()

/** The result of a wallet without trades of the token: every column, as the analysis writes it. */
export function emptyResult(wallet: string, token: string): PairResult {
  return {
    ...BLANK,
    wallet_address: wallet,
    status: 'success',
    total_pnl_usd: '0',
    realized_pnl_usd: '0',
    total_trades: 0,
    winning_trades: 0,
    losing_trades: 0,
    chain: 'solana',
    token_address: token,
    buys: 0,
    sells: 0,
    confidence: 'high',
    analyzed_at: ANALYZED_AT,
    analysis_ms: 0,
  }
}
