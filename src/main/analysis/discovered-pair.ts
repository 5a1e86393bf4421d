import { z } from 'zod'
import type { DiscoverySkip } from '../../shared/discovery'
import type { PairEntry } from '../../shared/pair'
import { addressProblem } from './addresses'
import { type Decimal, parseDecimal, parsePositive, usdText } from './decimal'

/** A token that the chain's traders are busy with. */
export interface TrendingToken {
  readonly address: string
  /** Its symbol, else its address: what people are told. */
  readonly name: string
  readonly symbol: string | null
  readonly priceUsd: Decimal | null
}

/** Of /defi/token_trending. Entries are read one by one, so that a broken one costs only itself. */
export const trendingSchema = z.object({ tokens: z.array(z.unknown()) })
/** Of /defi/v2/tokens/top_traders. */
export const tradersSchema = z.object({ items: z.array(z.unknown()) })

/** Numbers arrive as their text. What cannot be read is not known. */
const digits = z.string().nullable().catch(null)
const tokenSchema = z.object({ address: z.string().min(1), symbol: z.string().nullable().catch(null), price: digits })
/** `volume` is in token units; `volumeUsd` is missing in older answers. */
const traderSchema = z.object({ owner: z.string().min(1), volume: digits, volumeUsd: digits, trade: digits })

/** The token of one entry of the trending list, or why there is none. */
export function readToken(item: unknown, chain: string): TrendingToken | DiscoverySkip {
  const read = tokenSchema.safeParse(item)
  if (!read.success) return { what: 'token', name: 'without a name', reason: 'its entry in the trending list has no address' }
  const { address, symbol, price } = read.data
  const known = symbol?.trim() || null
  // Printed as it is, line ends in it would pass for lines of ours.
  const name = known?.replace(/\p{Cc}+/gu, ' ') ?? address
  const reason = addressProblem(chain, 'its address', address)
  return reason === null ? { address, name, symbol: known, priceUsd: parsePositive(price) } : { what: 'token', name, reason }
}

/** The pair of one trader of this token with the inbox's field names, or why there is none. */
export function readTrader(item: unknown, token: TrendingToken, chain: string, atMs: number): PairEntry | DiscoverySkip {
  const read = traderSchema.safeParse(item)
  if (!read.success) return { what: 'trader', name: `a trader of ${token.name}`, reason: 'its entry has no owner' }
  const { owner, trade } = read.data
  const reason = addressProblem(chain, 'the owner', owner)
  if (reason !== null) return { what: 'trader', name: `a trader of ${token.name}`, reason }
  const volumeUsd = volumeUsdOf(read.data, token)
  return {
    wallet_address: owner,
    token_address: token.address,
    chain,
    ...(token.symbol === null ? {} : { token_symbol: token.symbol }),
    ...(volumeUsd === null ? {} : { trader_volume_usd: usdText(volumeUsd) }),
    ...(trade !== null && /^\d{1,15}$/.test(trade) ? { trader_trades: Number(trade) } : {}),
    discovered_at: new Date(atMs).toISOString(),
  }
}

/** As the API says it, else the volume in tokens at the present price; null where neither is known. */
function volumeUsdOf(trader: z.infer<typeof traderSchema>, { priceUsd }: TrendingToken): Decimal | null {
  const stated = parseDecimal(trader.volumeUsd)
  if (stated !== null && !stated.isNegative()) return stated
  const volume = parseDecimal(trader.volume)
  return volume === null || volume.isNegative() || priceUsd === null ? null : volume.times(priceUsd)
}
