import { between, normal, oneOf, randomFor, wholeBetween, type Random } from './chance'
import { EPOCH, priceUsdAt, type Market, type Token } from './market'
import { addressBytes, homeTokenIndex } from './wallets'

/** One side of a swap: a token, and how much of it came in (positive) or went out (negative), in its smallest unit. */
export interface Side {
  readonly token: Token
  readonly change: bigint
  /** USD; null where the API knows none. */
  readonly priceUsd: number | null
  readonly nearestPriceUsd: number | null
}

export interface Swap {
  readonly unixTime: number
  /** Swaps of one transaction have the same number here, and differ in `insIndex` or `innerInsIndex`. */
  readonly transaction: number
  readonly insIndex: number
  readonly innerInsIndex: number | null
  readonly base: Side
  readonly quote: Side
}

/** What a wallet is going to do, before any of it is worked out. */
interface Plan {
  readonly random: Random
  /** The tokens that it trades, its home token first. */
  readonly tokens: readonly Token[]
  readonly swapCount: number
  readonly firstTime: number
}

/** How many swaps, so that at 100 a page most wallets are one page and a pair costs about 1.3 requests. */
const SWAP_COUNTS = [
  { upTo: 0.85, fewest: 3, most: 80 },
  { upTo: 0.95, fewest: 101, most: 200 },
  { upTo: 0.98, fewest: 201, most: 300 },
  { upTo: 1, fewest: 301, most: 800 },
] as const

/**
 * The swaps of a wallet, oldest first: a walk through buys and sells that keeps account of what the wallet holds, so
 * that it sells what it has — except now and then a holding that came in before its history begins. The same seed and
 * wallet give the same swaps.
 */
export function swapsOf(market: Market, wallet: string): Swap[] {
  const plan = planOf(market, wallet)
  const times = timesOf(plan)
  const holdings = new Map<Token, bigint>()
  const swaps: Swap[] = []
  let transaction = 0
  for (let step = 0; step < plan.swapCount; step++) {
    // Each token is visited once before chance takes over: a wallet has traded what its plan says.
    const token = plan.tokens[step] ?? nextToken(plan)
    const previous = swaps.at(-1)
    const joins = previous !== undefined && plan.random() < 0.12
    if (!joins) transaction++
    const unixTime = joins ? previous.unixTime : (times[step] ?? EPOCH)
    const [given, received] = trade(market, plan, holdings, token, unixTime)
    const tokenIsBase = plan.random() < 0.5
    const tokenSide = given.token === token ? given : received
    const otherSide = given.token === token ? received : given
    swaps.push({
      unixTime,
      transaction,
      ...(joins ? nextPlace(previous, plan.random) : firstPlace(plan.random)),
      base: tokenIsBase ? tokenSide : otherSide,
      quote: tokenIsBase ? otherSide : tokenSide,
    })
  }
  return swaps
}

/** The tokens that this wallet has traded, its home token first. */
export function tokensOf(market: Market, wallet: string): readonly Token[] {
  return planOf(market, wallet).tokens
}

function planOf(market: Market, wallet: string): Plan {
  const bytes = addressBytes(wallet)
  if (bytes === null) throw new Error(`${wallet} is not a Solana address: only those have simulated swaps`)
  const random = randomFor(market.seed, 'history', wallet)
  const draw = random()
  const { fewest, most } = SWAP_COUNTS.find((row) => draw < row.upTo) ?? SWAP_COUNTS[0]
  // Within a row few is likelier than many.
  const swapCount = fewest + Math.floor((most - fewest + 1) * random() ** 2.5)
  const home = homeTokenIndex(bytes, market.tokens.length)
  const count = wholeBetween(random, 1, Math.min(6, swapCount))
  // A stride that shares no factor with the 60 tokens visits no token twice.
  const stride = oneOf(random, [7, 11, 13, 17, 19, 23])
  const tokens = Array.from({ length: count }, (_, at) => market.tokens[(home + at * stride) % market.tokens.length])
  const spanSeconds = 86_400 * between(random, 0.5, 45)
  return {
    random,
    tokens: tokens.filter((token) => token !== undefined),
    swapCount,
    firstTime: EPOCH - Math.round(spanSeconds),
  }
}

/** The home token every other time, so that there is something to match in it. */
function nextToken({ random, tokens }: Plan): Token {
  return oneOf(random, random() < 0.5 ? tokens.slice(0, 1) : tokens)
}

function timesOf({ random, swapCount, firstTime }: Plan): number[] {
  return Array.from({ length: swapCount }, () => Math.floor(between(random, firstTime, EPOCH))).sort((a, b) => a - b)
}

/** One exchange, and what it does to the holdings: the side given, the side received. */
function trade(market: Market, plan: Plan, holdings: Map<Token, bigint>, token: Token, unixTime: number): [Side, Side] {
  const { random } = plan
  const held = holdings.get(token)
  const heldBefore = held === undefined && random() < 0.06
  if (heldBefore || (held !== undefined && held > 0n && random() < 0.47)) {
    const sold = heldBefore ? amountFor(random, token, unixTime, spendUsd(random)) : portionOf(random, held ?? 0n)
    holdings.set(token, heldBefore ? 0n : (held ?? 0n) - sold)
    const rotatesInto = random() < 0.05 ? plan.tokens.find((other) => other !== token) : undefined
    const payment = rotatesInto ?? paymentToken(market, random)
    const received = amountFor(random, payment, unixTime, 0.997 * usdValue(token, sold, unixTime))
    if (rotatesInto !== undefined) holdings.set(rotatesInto, (holdings.get(rotatesInto) ?? 0n) + received)
    return [sideOf(random, token, -sold, unixTime), sideOf(random, payment, received, unixTime)]
  }
  const usd = spendUsd(random)
  const bought = amountFor(random, token, unixTime, 0.997 * usd)
  const payment = paymentToken(market, random)
  holdings.set(token, (held ?? 0n) + bought)
  const paid = amountFor(random, payment, unixTime, usd)
  return [sideOf(random, payment, -paid, unixTime), sideOf(random, token, bought, unixTime)]
}

function sideOf(random: Random, token: Token, change: bigint, unixTime: number): Side {
  const priceUsd = priceUsdAt(token, unixTime)
  const nearestPriceUsd = priceUsd * between(random, 0.99, 1.01)
  const draw = random()
  if (draw < 0.003) return { token, change, priceUsd: null, nearestPriceUsd: null }
  return { token, change, priceUsd: draw < 0.025 ? null : priceUsd, nearestPriceUsd }
}

/** Lognormal around 120 USD. */
function spendUsd(random: Random): number {
  return 120 * Math.exp(1.2 * normal(random(), random()))
}

/** Whole tokens and their fraction are drawn apart, so that amounts beyond 2^53 have digits down to the last. */
function amountFor(random: Random, token: Token, unixTime: number, usd: number): bigint {
  const quantity = usd / priceUsdAt(token, unixTime)
  const unit = 10n ** BigInt(token.decimals)
  const fraction = quantity < 1000 ? quantity % 1 : random()
  return BigInt(Math.floor(quantity)) * unit + BigInt(Math.floor(fraction * Number(unit))) + 1n
}

function portionOf(random: Random, held: bigint): bigint {
  if (random() < 0.5) return held
  const portion = (held * BigInt(wholeBetween(random, 20, 80))) / 100n
  return portion > 0n ? portion : held
}

function usdValue(token: Token, amount: bigint, unixTime: number): number {
  return (Number(amount) / 10 ** token.decimals) * priceUsdAt(token, unixTime)
}

function paymentToken(market: Market, random: Random): Token {
  return random() < 0.88 ? market.sol : market.usdc
}

function firstPlace(random: Random): Pick<Swap, 'insIndex' | 'innerInsIndex'> {
  return { insIndex: wholeBetween(random, 1, 6), innerInsIndex: random() < 0.6 ? null : wholeBetween(random, 0, 9) }
}

/** In the same transaction: another instruction, or a later inner one of the same. */
function nextPlace(previous: Swap, random: Random): Pick<Swap, 'insIndex' | 'innerInsIndex'> {
  if (random() < 0.5) return { insIndex: previous.insIndex + 1, innerInsIndex: previous.innerInsIndex }
  return { insIndex: previous.insIndex, innerInsIndex: (previous.innerInsIndex ?? 0) + 1 }
}
