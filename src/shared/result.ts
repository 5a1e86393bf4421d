/**
 * The result of one analysed pair, and the one list of its columns: the CSV, the window and the README are made from it.
 * The first fourteen columns are those that existing tools read, in their order. Amounts are decimal text, never floats;
 * an empty cell means "not known", never zero.
 */
interface ResultColumn {
  readonly name: string
  /** Unit, as people say it; '' where there is none. */
  readonly unit: string
  readonly about: string
}

export const RESULT_COLUMNS = [
  { name: 'wallet_address', unit: '', about: 'the wallet' },
  { name: 'status', unit: '', about: 'success' },
  { name: 'total_pnl_usd', unit: 'USD', about: 'realized plus unrealized; realized alone where no current price is known' },
  { name: 'realized_pnl_usd', unit: 'USD', about: 'sum over matched trades of quantity × (sell price − buy price), FIFO' },
  { name: 'unrealized_pnl_usd', unit: 'USD', about: 'remaining quantity × (current price − average cost); empty without a price' },
  { name: 'total_trades', unit: 'trades', about: 'matched buy-sell pairs' },
  { name: 'winning_trades', unit: 'trades', about: 'matched trades with a profit' },
  { name: 'losing_trades', unit: 'trades', about: 'matched trades with a loss' },
  { name: 'win_rate', unit: '% (0–100)', about: 'winning trades of matched trades; empty without trades' },
  { name: 'total_volume_usd', unit: 'USD', about: 'quantity × unit price over all buys and sells of the token' },
  { name: 'total_fees_usd', unit: 'USD', about: 'empty: the API does not report fees' },
  { name: 'first_trade_time', unit: 'ISO 8601 UTC', about: 'time of the first swap of the token' },
  { name: 'last_trade_time', unit: 'ISO 8601 UTC', about: 'time of the last swap of the token' },
  { name: 'error_message', unit: '', about: 'empty for a success; the reason in the CSV of failed pairs' },
  { name: 'chain', unit: '', about: 'the chain, for example solana' },
  { name: 'token_address', unit: '', about: 'the token' },
  { name: 'token_symbol', unit: '', about: "the token's symbol, as queued, else as the API names it" },
  { name: 'invested_usd', unit: 'USD', about: 'cost of all buys' },
  { name: 'returned_usd', unit: 'USD', about: 'proceeds of all sells that had an open buy' },
  { name: 'buys', unit: 'swaps', about: 'swaps in which the wallet received the token' },
  { name: 'sells', unit: 'swaps', about: 'swaps in which the wallet gave the token' },
  { name: 'remaining_quantity', unit: 'tokens', about: 'bought and not sold' },
  { name: 'average_cost_usd', unit: 'USD/token', about: 'average cost of what remains; empty where nothing remains' },
  { name: 'current_price_usd', unit: 'USD/token', about: 'the price used for the unrealized figure; empty where none was needed or known' },
  { name: 'average_hold_minutes', unit: 'minutes', about: 'mean time from buy to sell over matched trades' },
  { name: 'min_hold_minutes', unit: 'minutes', about: 'shortest hold' },
  { name: 'max_hold_minutes', unit: 'minutes', about: 'longest hold' },
  { name: 'unmatched_quantity', unit: 'tokens', about: 'sold without an open buy: neither profit nor loss' },
  { name: 'missing_prices', unit: 'swaps', about: 'swaps of the token without any usable price' },
  { name: 'truncated', unit: 'true/false', about: "the transaction limit was reached before the wallet's history ended" },
  { name: 'confidence', unit: '', about: 'high, medium or low' },
  { name: 'confidence_reason', unit: '', about: 'why it is not high' },
  { name: 'transactions', unit: 'swaps', about: "swaps read of the wallet, over all its tokens" },
  { name: 'requests', unit: 'requests', about: 'API requests that this pair took, prices shared with other pairs not counted' },
  { name: 'trader_volume_usd', unit: 'USD', about: 'as queued by the discovery' },
  { name: 'trader_trades', unit: 'trades', about: 'as queued by the discovery' },
  { name: 'discovered_at', unit: '', about: 'as queued by the discovery' },
  { name: 'analyzed_at', unit: 'ISO 8601 UTC', about: 'when the analysis ended' },
  { name: 'analysis_ms', unit: 'ms', about: 'how long it took' },
  { name: 'epoch', unit: '', about: 'number of the span of constant settings in which it was analysed' },
] as const satisfies readonly ResultColumn[]

export type ResultColumnName = (typeof RESULT_COLUMNS)[number]['name']

/** Cells by column. Text for decimals, numbers for counts and minutes, null for "not known". */
export type PairResult = Record<ResultColumnName, string | number | boolean | null>
