import { z } from 'zod'
import { foldAddress, type PairEntry } from '../../shared/pair'
import type { BirdeyeFigures } from '../../shared/pair-page'
import type { BirdeyeClient } from './birdeye-client'
import { parseDecimal, usdText } from './decimal'

const amount = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => {
    const decimal = parseDecimal(text ?? null)
    return decimal && usdText(decimal)
  })

const figuresSchema = z.object({
  pnl: z.object({ realized_profit_usd: amount, unrealized_usd: amount, total_usd: amount }),
  cashflow_usd: z.object({ total_invested: amount }).optional().catch(undefined),
})

/** By wallet: in `data.data` as documented; some answers have been seen without the outer one. */
const answerSchema = z
  .union([z.object({ data: z.record(z.string(), z.unknown()) }).transform(({ data }) => data), z.record(z.string(), z.unknown())])
  .transform((wallets) => new Map(Object.entries(wallets).map(([wallet, figures]) => [foldAddress(wallet), figures])))

/**
 * BirdEye's own figures for the pair (weighted average cost, not FIFO), to be held against ours. A wallet that is left out
 * of the answer is not answered, not nought. Rejects with the signal's reason only. Source: BIRDEYE.md, "Endpoints".
 */
export async function readBirdeyeFigures(entry: PairEntry, client: BirdeyeClient, signal: AbortSignal): Promise<BirdeyeFigures> {
  const { chain, wallet_address: wallet, token_address: token } = entry
  const parameters = { token_address: token, wallets: wallet }
  const reply = await client.get({ endpoint: '/wallet/v2/pnl/multiple', chain, parameters, data: answerSchema }, signal)
  if (reply.kind !== 'data') return { kind: 'refused', message: reply.message }
  const figures = figuresSchema.safeParse(reply.data.get(foldAddress(wallet)))
  if (!figures.success) return { kind: 'not-answered' }
  const { pnl, cashflow_usd: cashflow } = figures.data
  return {
    kind: 'figures',
    realizedPnlUsd: pnl.realized_profit_usd,
    unrealizedPnlUsd: pnl.unrealized_usd,
    totalPnlUsd: pnl.total_usd,
    investedUsd: cashflow?.total_invested ?? null,
  }
}
