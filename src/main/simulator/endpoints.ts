import { REFUSALS, success, type Answer } from './answers'
import { drawFor } from './chance'
import { EPOCH, type Token, type Trader } from './market'
import { addressBytes, doomOf, isEvmAddress, type DoomedStatus } from './wallets'
import { walletFigures } from './wallet-figures'
import { TX_TYPES, type World } from './world'

/** What an endpoint may look at. */
interface EndpointRequest {
  readonly query: URLSearchParams
  /** The `x-chain` header. */
  readonly chain: string
  readonly world: World
  /** Compute units spent by the account, and what it may spend; null where that is not limited. */
  readonly spentUnits: number
  readonly allowance: number | null
}

interface Endpoint {
  /** What an accepted request costs, in compute units. Source: the provider's price list of 2025. */
  readonly computeUnits: (query: URLSearchParams) => number
  readonly answer: (request: EndpointRequest) => Answer
}

/** Every path that the simulated API answers to. */
export const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ['/trader/txs/seek_by_time', { computeUnits: () => 12, answer: seekByTime }],
  ['/defi/price', { computeUnits: () => 3, answer: price }],
  ['/defi/multi_price', { computeUnits: (query) => Math.ceil(3 * listOf(query).length ** 0.8), answer: multiPrice }],
  ['/defi/token_trending', { computeUnits: () => 50, answer: tokenTrending }],
  ['/defi/v2/tokens/top_traders', { computeUnits: () => 30, answer: topTraders }],
  ['/wallet/v2/pnl/multiple', { computeUnits: (query) => Math.ceil(30 * listOf(query, 'wallets').length ** 0.8), answer: walletsPnl }],
  ['/utils/v1/credits', { computeUnits: () => 1, answer: credits }],
])

const DOOM_ANSWERS: Record<DoomedStatus, Answer> = {
  400: REFUSALS.badParameter,
  404: REFUSALS.notFound,
  422: REFUSALS.invalidData,
}

function seekByTime({ query, chain, world }: EndpointRequest): Answer {
  const address = query.get('address') ?? ''
  if (!isAddress(address, chain)) return REFUSALS.badAddress
  if (query.has('before_time') && query.has('after_time')) return REFUSALS.invalidData
  const offset = wholeNumber(query, 'offset', 0, 0, 9_999)
  const limit = wholeNumber(query, 'limit', 50, 1, 100)
  const beforeTime = wholeNumber(query, 'before_time', null, 0, 10_000_000_000)
  const afterTime = wholeNumber(query, 'after_time', null, 0, 10_000_000_000)
  const txType = TX_TYPES.find((known) => known === (query.get('tx_type') ?? 'swap'))
  if (offset === 'bad' || limit === 'bad' || beforeTime === 'bad' || afterTime === 'bad') return REFUSALS.badParameter
  if (txType === undefined || offset + limit > 10_000) return REFUSALS.badParameter
  const bytes = addressBytes(address)
  const doom = bytes && doomOf(bytes)
  if (doom !== null) return DOOM_ANSWERS[doom]
  return success(world.history(address, txType).page({ offset, limit, beforeTime, afterTime }))
}

function price({ query, chain, world }: EndpointRequest): Answer {
  const address = query.get('address') ?? ''
  if (!isAddress(address, chain)) return REFUSALS.badAddress
  return success(priceJson(world, address))
}

function multiPrice({ query, world }: EndpointRequest): Answer {
  const addresses = listOf(query)
  if (addresses.length === 0 || addresses.length > 100) return REFUSALS.badParameter
  const entries = [...new Set(addresses)].map((address) => `${JSON.stringify(address)}:${priceJson(world, address)}`)
  return success(`{${entries.join(',')}}`)
}

function tokenTrending({ query, world }: EndpointRequest): Answer {
  const offset = wholeNumber(query, 'offset', 0, 0, 10_000)
  const limit = wholeNumber(query, 'limit', 20, 1, 20)
  if (offset === 'bad' || limit === 'bad') return REFUSALS.badParameter
  const tokens = world.trending().map((token, index) => trendingToken(world, token, index))
  const sorted = query.get('sort_type') === 'desc' ? tokens.toReversed() : tokens
  const page = sorted.slice(offset, offset + limit)
  const updated = { updateUnixTime: EPOCH, updateTime: humanTime() }
  return success(JSON.stringify({ ...updated, tokens: page, total: tokens.length }))
}

function topTraders({ query, chain, world }: EndpointRequest): Answer {
  const address = query.get('address') ?? ''
  if (!isAddress(address, chain)) return REFUSALS.badAddress
  const offset = wholeNumber(query, 'offset', 0, 0, 10_000)
  const limit = wholeNumber(query, 'limit', 10, 1, 10)
  if (offset === 'bad' || limit === 'bad') return REFUSALS.badParameter
  const timeFrame = query.get('time_frame') ?? '24h'
  const items = world.topTraders(address).map((trader) => traderItem(world, address, trader, timeFrame))
  if (query.get('sort_by') === 'trade') items.sort((one, other) => other.trade - one.trade)
  if (query.get('sort_type') === 'asc') items.reverse()
  return success(JSON.stringify({ items: items.slice(offset, offset + limit) }))
}

function walletsPnl({ query, chain, world }: EndpointRequest): Answer {
  const token = query.get('token_address') ?? ''
  const wallets = listOf(query, 'wallets')
  if (!isAddress(token, chain) || wallets.length === 0 || wallets.length > 50) return REFUSALS.badParameter
  const known = wallets.flatMap((wallet) => {
    const figures = walletFigures(world, wallet, token)
    return figures === null ? [] : [[wallet, figures] as const]
  })
  return success(JSON.stringify({ token_metadata: { address: token }, data: Object.fromEntries(known) }))
}

function credits({ spentUnits, allowance }: EndpointRequest): Answer {
  const remaining = allowance === null ? null : Math.max(0, allowance - spentUnits)
  const usage = { api: spentUnits, ws: 0, total: spentUnits }
  return success(JSON.stringify({ usage, remaining: { total: remaining } }))
}

function priceJson(world: World, address: string): string {
  const value = world.priceUsd(address)
  if (value === null) return 'null'
  const priceChange24h = percentFor('price change', address)
  return JSON.stringify({ value, updateUnixTime: EPOCH, updateHumanTime: humanTime(), priceChange24h })
}

function trendingToken(world: World, token: Token, index: number) {
  const { address, symbol, name, decimals } = token
  const volume24hUSD = 9_000_000 / (index + 1) ** 0.9
  const marketcap = volume24hUSD * (2 + 8 * drawFor('market cap', address))
  return {
    address,
    decimals,
    liquidity: marketcap * 0.08,
    logoURI: null,
    name,
    symbol,
    volume24hUSD,
    volume24hChangePercent: percentFor('volume change', address),
    fdv: marketcap,
    marketcap,
    rank: index + 1,
    price: world.priceUsd(address),
    price24hChangePercent: percentFor('price change', address),
  }
}

/** `volume` is in token units, `volumeUsd` in USD, as in the API's newer answers. */
function traderItem(world: World, tokenAddress: string, trader: Trader, timeFrame: string) {
  const volume = trader.volumeUsd / (world.priceUsd(tokenAddress) ?? 1)
  const volumeBuy = volume * trader.boughtShare
  return {
    tokenAddress,
    owner: trader.wallet,
    tags: [],
    type: timeFrame,
    volume,
    volumeUsd: trader.volumeUsd,
    trade: trader.buys + trader.sells,
    tradeBuy: trader.buys,
    tradeSell: trader.sells,
    volumeBuy,
    volumeSell: volume - volumeBuy,
  }
}

function wholeNumber<Fallback extends number | null>(
  query: URLSearchParams,
  name: string,
  fallback: Fallback,
  least: number,
  most: number,
): number | Fallback | 'bad' {
  const text = query.get(name)
  if (text === null) return fallback
  const value = /^\d{1,12}$/.test(text) ? Number(text) : NaN
  return value >= least && value <= most ? value : 'bad'
}

function listOf(query: URLSearchParams, name = 'list_address'): string[] {
  return (query.get(name) ?? '').split(',').filter((address) => address !== '')
}

function isAddress(address: string, chain: string): boolean {
  return chain === 'solana' ? addressBytes(address) !== null : isEvmAddress(address)
}

function percentFor(...parts: readonly string[]): number {
  return Math.round(drawFor(...parts) * 8000 - 3000) / 100
}

function humanTime(): string {
  return new Date(EPOCH * 1000).toISOString().slice(0, 19)
}
