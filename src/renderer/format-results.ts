import { formatCount, formatLatency, formatSpan, formatTime, UNKNOWN } from './format'
import type { PairResult, ResultColumnName } from '../shared/result'
import type { Distribution } from '../shared/results-query'

/** How the cells of a result are written for the eye; the CSV has them in full. */

const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
const significant = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 5 })

/** `$1,204.33`, `−$0.42`, `$1.2M` from ten million on. */
export function formatUsd(amount: number | null): string {
  if (amount === null || Number.isNaN(amount)) return UNKNOWN
  const size = Math.abs(amount)
  const digits = size >= 1e7 ? short.format(size) : size >= 1e5 ? whole.format(size) : cents.format(size)
  return `${amount < 0 && Number(digits.replaceAll(',', '')) !== 0 ? '−' : ''}$${digits}`
}

/** As little as an axis needs: `−$30k`, `$0`. */
export function formatUsdTick(amount: number): string {
  return `${amount < 0 ? '−' : ''}$${short.format(Math.abs(amount))}`
}

/** A price or a quantity of tokens: five digits that mean something, whatever its size. */
export function formatQuantity(amount: number | null): string {
  if (amount === null || Number.isNaN(amount)) return UNKNOWN
  return Math.abs(amount) >= 1e7 ? short.format(amount) : significant.format(amount)
}

/** Local date and time: `2026-01-02 14:03`. */
export function formatMoment(atMs: number): string {
  if (Number.isNaN(atMs)) return UNKNOWN
  const at = new Date(atMs)
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
  return `${day} ${formatTime(atMs, 'minute')}`
}

/** The beginning and the end of an address: `7xKX…9fQa`. */
export function formatAddress(address: string): string {
  return address.length <= 12 ? address : `${address.slice(0, 5)}…${address.slice(-4)}`
}

const AS_MOMENT: ReadonlySet<ResultColumnName> = new Set(['first_trade_time', 'last_trade_time', 'analyzed_at'])
/** `Date.parse` alone makes a date of `run 12`. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
const AS_HOLD: ReadonlySet<ResultColumnName> = new Set(['average_hold_minutes', 'min_hold_minutes', 'max_hold_minutes'])
const AS_PRICE: ReadonlySet<ResultColumnName> = new Set(['average_cost_usd', 'current_price_usd', 'remaining_quantity', 'unmatched_quantity'])

/** A cell as it stands in the table. */
export function formatCell(column: ResultColumnName, cell: PairResult[ResultColumnName]): string {
  if (cell === null || cell === '') return UNKNOWN
  if (column === 'wallet_address' || column === 'token_address') return formatAddress(String(cell))
  if (AS_MOMENT.has(column)) return formatMoment(Date.parse(String(cell)))
  // As the discovery wrote it, which may be in words of its own.
  if (column === 'discovered_at') return ISO_TIME.test(String(cell)) ? formatMoment(Date.parse(String(cell))) : String(cell)
  if (AS_HOLD.has(column)) return formatSpan(Number(cell) * 60_000)
  if (AS_PRICE.has(column)) return formatQuantity(Number(cell))
  if (column === 'win_rate') return formatPercent(Number(cell))
  if (column === 'analysis_ms') return formatLatency(Number(cell))
  if (column.endsWith('_usd')) return formatUsd(Number(cell))
  return typeof cell === 'number' ? formatCount(cell) : String(cell)
}

/** A percentage of 0–100: `66.7 %`. */
export function formatPercent(percent: number | null): string {
  return percent === null || Number.isNaN(percent) ? UNKNOWN : `${Math.round(percent * 10) / 10}\u00a0%`
}

/** An edge of a bin. */
export function formatEdge(distribution: Distribution, edge: number): string {
  switch (distribution) {
    case 'total_pnl_usd':
      return formatUsdTick(edge)
    case 'win_rate':
      return formatPercent(edge)
    case 'average_hold_minutes':
      return formatSpan(edge * 60_000)
    case 'total_trades':
      return formatCount(edge)
  }
}
