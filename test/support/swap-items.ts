/** The two tokens of made-up swaps: valid addresses, so that a whole analysis takes them. */
export const TOKEN = 'mae8vJGf8Wju8Ron1oDTQVaTGGBpcpWDwoRQJALMMf2'
export const SOL = 'So11111111111111111111111111111111111111112'
export const WALLET = '5ngDQ3vMT7GHeFvXP5GLX79t6fqG2t15kyQTtst9zFdw'

type Fields = Readonly<Record<string, unknown>>

/** One side as the API tells it: 6 decimals, `tokens` whole tokens received (or given, when negative). */
export function side(address: string, tokens: number, priceUsd: number | null, more: Fields = {}): Fields {
  return {
    symbol: address === SOL ? 'SOL' : 'TKN',
    decimals: 6,
    address,
    amount: Math.abs(tokens) * 1e6,
    type: 'transfer',
    type_swap: tokens < 0 ? 'from' : 'to',
    ui_amount: Math.abs(tokens),
    price: priceUsd,
    nearest_price: priceUsd,
    change_amount: tokens * 1e6,
    ui_change_amount: tokens,
    ...more,
  }
}

/** One item of `seek_by_time`. `undefined` in `more` leaves a field out. */
export function swapItem(timeSeconds: number, base: Fields, quote: Fields, more: Fields = {}): Fields {
  return {
    base,
    quote,
    tx_hash: `tx${timeSeconds}`,
    source: 'raydium',
    block_unix_time: timeSeconds,
    tx_type: 'swap',
    address: null,
    owner: WALLET,
    ins_index: 0,
    inner_ins_index: null,
    ...more,
  }
}

/** The wallet receives (or, when negative, gives) `tokens` for SOL that is worth 100 USD each. */
export function trade(timeSeconds: number, tokens: number, priceUsd: number, more: Fields = {}): Fields {
  return swapItem(timeSeconds, side(TOKEN, tokens, priceUsd), side(SOL, -tokens * (priceUsd / 100), 100), more)
}
