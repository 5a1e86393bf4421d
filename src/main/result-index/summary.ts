import type { Distribution, DistributionBin, ResultTotals } from '../../shared/results-query'

/** Steps of 1 and 3 on each decade, on both sides of nought: P&L is told apart by size, and a loss from a gain. */
const MONEY_STEPS = [10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000]
const EDGES: Readonly<Record<Distribution, readonly number[]>> = {
  total_pnl_usd: [...MONEY_STEPS.toReversed().map((step) => -step), 0, ...MONEY_STEPS],
  win_rate: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
  total_trades: [0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000],
  average_hold_minutes: [0, 1, 5, 15, 60, 240, 1440, 4320, 10_080, 43_200],
}

/** How many of the rows fall between each two edges; empty ends are left out, and what is not known is in none. */
export function distributionOf(distribution: Distribution, rows: Uint32Array, figures: Float64Array): DistributionBin[] {
  const edges = EDGES[distribution]
  const counts = new Uint32Array(edges.length + 1)
  for (let i = 0; i < rows.length; i++) {
    const figure = figures[rows[i] ?? 0] ?? Number.NaN
    if (Number.isNaN(figure)) continue
    let bin = 0
    while (bin < edges.length && figure >= (edges[bin] ?? 0)) bin++
    // The best win rate belongs to the last step, not to one of its own.
    if (distribution === 'win_rate' && figure === 100) bin = edges.length - 1
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const bins = [...counts].map((count, i) => ({ from: edges[i - 1] ?? null, to: edges[i] ?? null, count }))
  const first = bins.findIndex(({ count }) => count > 0)
  const last = bins.findLastIndex(({ count }) => count > 0)
  return first === -1 ? [] : bins.slice(first, last + 1)
}

export interface TotalledColumns {
  readonly totalPnl: Float64Array
  readonly realizedPnl: Float64Array
  readonly volume: Float64Array
  readonly trades: Float64Array
  readonly winRate: Float64Array
}

export function totalsOf(rows: Uint32Array, columns: TotalledColumns): ResultTotals {
  const pnl = knownOf(rows, columns.totalPnl)
  const winRate = sumOf(rows, columns.winRate)
  return {
    pairs: rows.length,
    totalPnlUsd: sumOf(rows, columns.totalPnl).sum,
    realizedPnlUsd: sumOf(rows, columns.realizedPnl).sum,
    volumeUsd: sumOf(rows, columns.volume).sum,
    trades: sumOf(rows, columns.trades).sum,
    profitable: countAboveNought(pnl),
    medianPnlUsd: medianOf(pnl),
    meanWinRate: winRate.known === 0 ? null : winRate.sum / winRate.known,
  }
}

/** The figures of the rows, without those that are not known. */
function knownOf(rows: Uint32Array, figures: Float64Array): Float64Array {
  const known = new Float64Array(rows.length)
  let count = 0
  for (let i = 0; i < rows.length; i++) {
    const figure = figures[rows[i] ?? 0] ?? Number.NaN
    if (!Number.isNaN(figure)) known[count++] = figure
  }
  return known.subarray(0, count)
}

function countAboveNought(figures: Float64Array): number {
  let count = 0
  for (let i = 0; i < figures.length; i++) if ((figures[i] ?? 0) > 0) count++
  return count
}

/** With Neumaier's compensation (Zeitschrift für Angewandte Mathematik und Mechanik 54, 1974): large and small amounts mix here. */
function sumOf(rows: Uint32Array, figures: Float64Array): { readonly sum: number; readonly known: number } {
  let [sum, lost, known] = [0, 0, 0]
  for (let i = 0; i < rows.length; i++) {
    const figure = figures[rows[i] ?? 0] ?? Number.NaN
    if (Number.isNaN(figure)) continue
    known++
    const next = sum + figure
    lost += Math.abs(sum) >= Math.abs(figure) ? sum - next + figure : figure - next + sum
    sum = next
  }
  return { sum: sum + lost, known }
}

function medianOf(values: Float64Array): number | null {
  if (values.length === 0) return null
  const sorted = values.slice().sort()
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}
