import { base58 } from '@scure/base'
import { between, bytesFrom, drawFor, randomFor } from './chance'
import { mintWallet } from './wallets'

/**
 * "Now" of the simulated world, Unix seconds: 2025-08-01T00:00:00Z. Every swap lies before it and every current price
 * is of this moment, whatever the real clock says, so that results repeat from run to run.
 */
export const EPOCH = 1_754_006_400
export const TRADERS_PER_TOKEN = 100

export interface Token {
  readonly address: string
  readonly symbol: string
  readonly name: string
  readonly decimals: number
  /** USD, the middle that the price swings around. */
  readonly basePriceUsd: number
  readonly waves: readonly Wave[]
  /** Pools that it is traded in. */
  readonly pools: readonly string[]
}

/** One swing of a price around its middle; `height` is the swing of the price's natural logarithm. */
interface Wave {
  readonly height: number
  readonly periodSeconds: number
  /** 0–1 of a period. */
  readonly phase: number
}

export interface Trader {
  readonly wallet: string
  readonly volumeUsd: number
  readonly buys: number
  readonly sells: number
  /** Share of the volume that was bought, 0–1. */
  readonly boughtShare: number
}

export interface Market {
  readonly seed: number
  /** The tokens that wallets trade, in rank order. A token's place here is its index. */
  readonly tokens: readonly Token[]
  /** What they are paid with. */
  readonly sol: Token
  readonly usdc: Token
  token(address: string): Token | null
}

const NAMES = [
  'Moon Badger', 'Tiny Toad', 'Velvet Fox', 'Copper Cat', 'Night Heron', 'Salt Whale', 'Paper Crane', 'Lazy Lynx',
  'Red Panda', 'Solar Snail', 'Iron Goose', 'Mint Moth', 'Fuzzy Crab', 'Blue Yak', 'Pocket Owl', 'Dusty Wolf',
  'Glass Frog', 'Honey Bear', 'Quiet Quail', 'River Otter', 'Sleepy Sloth', 'Tango Toucan', 'Urban Urchin', 'Wild Weasel',
  'Zen Zebra', 'Amber Ant', 'Brisk Bison', 'Cloud Coyote', 'Dapper Duck', 'Early Eagle', 'Frost Ferret', 'Grand Gecko',
  'Happy Hippo', 'Ivory Ibis', 'Jolly Jackal', 'Keen Koala', 'Lucky Lemur', 'Merry Mole', 'Noble Newt', 'Odd Oyster',
  'Proud Puma', 'Quick Quokka', 'Rusty Raven', 'Silver Seal', 'Tidy Tapir', 'Upbeat Unau', 'Vivid Viper', 'Witty Wren',
  'Young Yeti', 'Zesty Zander', 'Bold Beaver', 'Calm Camel', 'Dizzy Dingo', 'Eager Egret', 'Fancy Finch', 'Gentle Gnu',
  'Humble Hare', 'Inky Impala', 'Jazzy Jay', 'Kind Kiwi',
] as const

/** The market of this seed: the same tokens, prices and traders each time. */
export function createMarket(seed: number): Market {
  const tokens = NAMES.map((name, index) => makeToken(seed, name, index))
  const sol = quoteToken('So11111111111111111111111111111111111111112', 'SOL', 'Wrapped SOL', 9, 172, 0.06)
  const usdc = quoteToken('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', 'USDC', 'USD Coin', 6, 1, 0)
  const byAddress = new Map([...tokens, sol, usdc].map((token) => [token.address, token]))
  return { seed, tokens, sol, usdc, token: (address) => byAddress.get(address) ?? null }
}

/** USD per token at a time (Unix seconds): a smooth curve, the same for everyone who asks. */
export function priceUsdAt(token: Token, unixTime: number): number {
  let logSwing = 0
  for (const { height, periodSeconds, phase } of token.waves) {
    logSwing += height * Math.sin(2 * Math.PI * (unixTime / periodSeconds + phase))
  }
  return token.basePriceUsd * Math.exp(logSwing)
}

/** The traders of a token by falling volume. Each of these wallets has traded it. */
export function topTraders(market: Market, tokenIndex: number): Trader[] {
  return Array.from({ length: TRADERS_PER_TOKEN }, (_, place) => traderAt(market.seed, tokenIndex, place))
}

/** The trader at this place of a token's list; places go on beyond the list's end. */
export function traderAt(seed: number, tokenIndex: number, place: number): Trader {
  const random = randomFor(seed, 'trader', tokenIndex, place)
  const largestUsd = 40_000 + 400_000 * drawFor(seed, 'largest trader', tokenIndex)
  const volumeUsd = Math.round((largestUsd / (place + 1 + random() * 0.5) ** 0.8) * 100) / 100
  const trades = 1 + Math.floor(random() ** 2 * 80)
  const buys = Math.ceil(trades * between(random, 0.4, 0.7))
  const wallet = mintWallet(seed, tokenIndex, place)
  return { wallet, volumeUsd, buys, sells: trades - buys, boughtShare: between(random, 0.4, 0.6) }
}

function makeToken(seed: number, name: string, index: number): Token {
  const random = randomFor(seed, 'token', index)
  const address = base58.encode(bytesFrom(random, 32))
  const [, animal = name] = name.split(' ')
  return {
    address,
    symbol: animal.toUpperCase(),
    name,
    decimals: random() < 0.75 ? 6 : 9,
    basePriceUsd: 10 ** between(random, -6, 0.3),
    waves: [
      { height: between(random, 0.2, 0.7), periodSeconds: 31 * 86_400, phase: random() },
      { height: between(random, 0.1, 0.35), periodSeconds: 3.3 * 86_400, phase: random() },
      { height: between(random, 0.02, 0.12), periodSeconds: 5.7 * 3600, phase: random() },
    ],
    pools: [0, 1, 2].map(() => base58.encode(bytesFrom(random, 32))),
  }
}

function quoteToken(
  address: string,
  symbol: string,
  name: string,
  decimals: number,
  basePriceUsd: number,
  height: number,
): Token {
  const waves = [
    { height, periodSeconds: 19 * 86_400, phase: 0.1 },
    { height: height / 5, periodSeconds: 0.9 * 86_400, phase: 0.6 },
  ]
  return { address, symbol, name, decimals, basePriceUsd, waves, pools: [] }
}
