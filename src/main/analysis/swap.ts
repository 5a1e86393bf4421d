import { z } from 'zod'

/**
 * One side of a swap as the API tells it. Numbers are their text; a field that is missing or makes no sense is null,
 * for the API leaves fields out and changes their types.
 */
export interface SwapSide {
  readonly address: string
  readonly symbol: string | null
  readonly decimals: number | null
  /** In the token's smallest unit, unsigned. */
  readonly amount: string | null
  /** `to`: the wallet received it. */
  readonly type_swap: 'from' | 'to' | null
  readonly price: string | null
  readonly nearest_price: string | null
  /** In the token's smallest unit; positive: the wallet received it. */
  readonly change_amount: string | null
  readonly ui_change_amount: string | null
}

export interface Swap {
  readonly timeSeconds: number
  readonly txHash: string
  readonly insIndex: number | null
  readonly innerInsIndex: number | null
  /** Two, or one where the API left the other out. */
  readonly sides: readonly SwapSide[]
  /** The same for two mentions of one swap, different for two swaps of one transaction. */
  readonly identity: string
}

type ReadItem =
  | { readonly kind: 'swap'; readonly swap: Swap }
  /** Some other kind of transaction. */
  | { readonly kind: 'other'; readonly identity: string }
  /** No time, or neither side: nothing can be said of it. */
  | { readonly kind: 'unreadable'; readonly identity: string }

const text = z.string().nullable().catch(null)
const index = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .nullable()
  .catch(null)

const sideSchema = z
  .object({
    address: z.string().min(1),
    symbol: text,
    decimals: z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number)
      .pipe(z.number().max(255)) // one byte on chain
      .nullable()
      .catch(null),
    amount: text,
    type_swap: z.enum(['from', 'to']).nullable().catch(null),
    price: text,
    nearest_price: text,
    change_amount: text,
    ui_change_amount: text,
  })
  .nullable()
  .catch(null)

const itemSchema = z.object({
  base: sideSchema,
  quote: sideSchema,
  block_unix_time: z
    .string()
    .regex(/^\d{1,11}$/)
    .transform(Number),
  tx_hash: text,
  ins_index: index,
  inner_ins_index: index,
  owner: text,
  tx_type: text,
})

/** Reads one item of `seek_by_time`, lossless-parsed. Source of the fields: recorded answers of mid-2025. */
export function readItem(item: unknown): ReadItem {
  const read = itemSchema.safeParse(item)
  if (!read.success) return { kind: 'unreadable', identity: JSON.stringify(item) }
  const { data } = read
  const sides = [data.base, data.quote].filter((side) => side !== null)
  const identity = JSON.stringify([
    data.tx_hash,
    data.ins_index,
    data.inner_ins_index,
    data.owner,
    data.block_unix_time,
    // The indexes go missing; what was moved still tells two swaps of one transaction apart.
    ...sides.map((side) => [side.address, side.change_amount, side.amount]),
  ])
  if (data.tx_type !== null && data.tx_type !== 'swap') return { kind: 'other', identity }
  if (sides.length === 0) return { kind: 'unreadable', identity }
  return {
    kind: 'swap',
    swap: {
      timeSeconds: data.block_unix_time,
      txHash: data.tx_hash ?? '',
      insIndex: data.ins_index,
      innerInsIndex: data.inner_ins_index,
      sides,
      identity,
    },
  }
}
