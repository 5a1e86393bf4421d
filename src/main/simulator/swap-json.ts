import { oneOf, randomFor, wholeBetween, type Random } from './chance'
import type { HistoryItem } from './history'
import { EPOCH, type Market } from './market'
import type { Side, Swap } from './swaps'

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const SOURCES = ['raydium_clamm', 'raydium_cp', 'meteora_dlmm', 'pump_amm', 'pump_dot_fun', 'orca'] as const
const SIDE_TYPES = ['transfer', 'transferChecked', 'transferChecked', 'transfer', 'log', 'split'] as const
const PROGRAM = 'JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4'
/** Block number at EPOCH; a block takes 0.4 s. */
const BLOCK_AT_EPOCH = 356_900_000

/** How the swaps of one wallet are written, with the oddities of real answers: these vary by wallet, swap or side. */
interface Manner {
  readonly random: Random
  /** Newer answers carry two more fields on each side. */
  readonly newer: boolean
  readonly owner: string
}

/**
 * The swaps as the API writes them, newest first. The text is put together by hand because integers beyond 2^53 have to
 * stand in it as numbers with all their digits, which JSON.stringify cannot write.
 */
export function writeSwaps(market: Market, wallet: string, swaps: readonly Swap[]): HistoryItem[] {
  const random = randomFor(market.seed, 'writing', wallet)
  const manner: Manner = { random, newer: random() < 0.25, owner: wallet }
  const items: HistoryItem[] = []
  let transaction = { number: 0, hash: '', source: '' }
  for (const swap of swaps) {
    if (swap.transaction !== transaction.number) {
      transaction = { number: swap.transaction, hash: signature(random), source: oneOf(random, SOURCES) }
    }
    items.push({ json: writeSwap(manner, swap, transaction), unixTime: swap.unixTime })
  }
  return items.reverse()
}

function writeSwap(manner: Manner, swap: Swap, transaction: { hash: string; source: string }): string {
  const { random, owner } = manner
  const { base, quote, unixTime } = swap
  const type = oneOf(random, SIDE_TYPES)
  const volume = Math.abs(quantityOf(base))
  const priceUsd = base.priceUsd ?? base.nearestPriceUsd
  const volumeUsd = priceUsd === null ? Math.abs(quantityOf(quote)) * (quote.priceUsd ?? 0) : volume * priceUsd
  const pools = base.token.pools.length > 0 ? base.token.pools : quote.token.pools
  const pool = pools.length === 0 || random() < 0.02 ? 'null' : `"${oneOf(random, pools)}"`
  const signers = random() < 0.03 ? 'null' : `["${owner}"]`
  const program = random() < 0.2 ? '' : `,"interacted_program_id":"${PROGRAM}"`
  const block = BLOCK_AT_EPOCH - Math.round((EPOCH - unixTime) / 0.4)
  return (
    `{"quote":${writeSide(manner, quote, type)},"base":${writeSide(manner, base, type)},` +
    `"base_price":${base.priceUsd},"quote_price":${quote.priceUsd},"tx_hash":"${transaction.hash}",` +
    `"source":"${transaction.source}","block_unix_time":${unixTime},"tx_type":"swap","address":${pool},` +
    `"owner":"${owner}","block_number":${block},"volume_usd":${volumeUsd},"volume":${volume},"ins_index":${swap.insIndex},` +
    `"inner_ins_index":${swap.innerInsIndex},"signers":${signers}${program}}`
  )
}

function writeSide({ random, newer }: Manner, side: Side, type: (typeof SIDE_TYPES)[number]): string {
  const { token, change } = side
  const amount = change < 0n ? -change : change
  const quantity = quantityOf(side)
  // `log` rows carry the amount as a string, and sometimes the change too.
  const asText = type === 'log'
  const amountJson = asText ? `"${amount}"` : `${amount}`
  const changeJson = asText && random() < 0.3 ? `"${change}"` : `${change}`
  const more = newer ? ',"is_scaled_ui_token":false,"multiplier":null' : ''
  return (
    `{"symbol":"${token.symbol}","decimals":${token.decimals},"address":"${token.address}","amount":${amountJson},` +
    `"type":"${type}","type_swap":"${change < 0n ? 'from' : 'to'}","ui_amount":${Math.abs(quantity)},` +
    `"price":${side.priceUsd},"nearest_price":${side.nearestPriceUsd},"change_amount":${changeJson},` +
    `"ui_change_amount":${quantity}${more}}`
  )
}

function quantityOf({ change, token }: Side): number {
  return Number(change) / 10 ** token.decimals
}

/**
 * A transaction signature: 87 characters of which the first is '3' or later are always 64 bytes, without encoding any.
 */
function signature(random: Random): string {
  let text = BASE58[wholeBetween(random, 2, 57)] ?? ''
  while (text.length < 87) text += BASE58[Math.floor(random() * 58)] ?? ''
  return text
}
