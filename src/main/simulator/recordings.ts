import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isLosslessNumber, parse, stringify } from 'lossless-json'
import { History, type HistoryItem } from './history'
import { isEvmAddress } from './wallets'
import type { TxType, World } from './world'

/** An item of a recorded answer, with what is needed to serve it. Its JSON has every digit of the recording. */
interface RecordedItem extends HistoryItem {
  readonly owner: string
  readonly txType: string
  /** The same for the same swap in another recording, even where that one shows another price for it. */
  readonly identity: string
}

type Recording =
  | { readonly kind: 'readable'; readonly items: readonly RecordedItem[] }
  | { readonly kind: 'unreadable'; readonly reason: string }

/**
 * The world of a folder in which each `*.json` file is one recorded answer of `/trader/txs/seek_by_time`. A wallet is
 * the `owner` of its items; its swaps from all files are joined, newest first, no swap twice. A wallet that was not
 * recorded has an empty history. No price is known and no token trends: recordings hold neither, and nothing is
 * invented.
 *
 * `notes` says which files were left out and why. Throws an Error that names the folder when none can be used.
 */
export async function readRecordings(folder: string): Promise<{ world: World; notes: string[] }> {
  const names = await jsonFilesOf(folder)
  const itemsByOwner = new Map<string, RecordedItem[][]>()
  const notes: string[] = []
  for (const name of names) {
    const recording = readRecording(await readFile(join(folder, name), 'utf8'))
    if (recording.kind === 'unreadable') {
      notes.push(`${name}: ${recording.reason}`)
      continue
    }
    for (const owner of new Set(recording.items.map((item) => item.owner))) {
      const items = recording.items.filter((item) => item.owner === owner)
      itemsByOwner.set(owner, [...(itemsByOwner.get(owner) ?? []), items])
    }
  }
  if (itemsByOwner.size === 0) {
    const shown = notes.slice(0, 3).join('; ') + (notes.length > 3 ? `; and ${notes.length - 3} more` : '')
    throw new Error(`the folder ${folder} holds no usable recording of /trader/txs/seek_by_time (${shown})`)
  }
  const itemsByWallet = new Map([...itemsByOwner].map(([owner, files]) => [owner, mergeRecordings(files)]))
  return { world: recordedWorld(itemsByWallet), notes }
}

function recordedWorld(itemsByWallet: ReadonlyMap<string, readonly RecordedItem[]>): World {
  const histories = new Map<string, History>()
  return {
    history(wallet, txType) {
      const items = itemsByWallet.get(walletKey(wallet))
      if (items === undefined) return History.EMPTY
      const key = `${txType} ${walletKey(wallet)}`
      const history = histories.get(key) ?? new History(items.filter((item) => hasType(item, txType)))
      histories.set(key, history)
      return history
    },
    priceUsd: () => null,
    trending: () => [],
    topTraders: () => [],
  }
}

async function jsonFilesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code ?? error.message})`
    throw new Error(`the folder ${folder} ${reason}`)
  })
  const files = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json'))
  const names = files.map((file) => file.name)
  if (names.length === 0) throw new Error(`the folder ${folder} holds no *.json file`)
  return names.sort()
}

function readRecording(text: string): Recording {
  let answer: unknown
  try {
    answer = parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return { kind: 'unreadable', reason: `not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const data = isRecord(answer) ? answer['data'] : undefined
  const items = isRecord(data) ? data['items'] : undefined
  if (!Array.isArray(items)) return { kind: 'unreadable', reason: 'no data.items' }
  if (items.length === 0) return { kind: 'unreadable', reason: 'data.items is empty, so it names no wallet' }
  const owners = new Set(items.map((item: unknown) => (isRecord(item) ? item['owner'] : undefined)))
  owners.delete(undefined)
  const [onlyOwner] = owners.size === 1 ? owners : []
  return readItems(items, typeof onlyOwner === 'string' ? onlyOwner : null)
}

/** `onlyOwner` stands in where an item lacks its owner: fields go missing in real answers. */
function readItems(items: readonly unknown[], onlyOwner: string | null): Recording {
  const read: RecordedItem[] = []
  for (const [at, item] of items.entries()) {
    if (!isRecord(item)) return { kind: 'unreadable', reason: `data.items[${at}] is not an object` }
    const owner = item['owner'] ?? onlyOwner
    if (typeof owner !== 'string') return { kind: 'unreadable', reason: `data.items[${at}] has no owner` }
    const unixTime = Number(item['block_unix_time'] ?? NaN)
    if (!Number.isFinite(unixTime)) return { kind: 'unreadable', reason: `data.items[${at}] has no block_unix_time` }
    const json = stringify(item) ?? ''
    const txType = typeof item['tx_type'] === 'string' ? item['tx_type'] : 'swap'
    read.push({ json, unixTime, owner: walletKey(owner), txType, identity: identityOf(item, json) })
  }
  return { kind: 'readable', items: read }
}

/**
 * Joins recordings of one wallet. Two recordings may overlap (pages that shifted, a wallet recorded twice); what one
 * answer shows twice is kept twice, because telling such rows apart is the reader's affair and not ours.
 */
function mergeRecordings(recordings: readonly (readonly RecordedItem[])[]): RecordedItem[] {
  const timesKept = new Map<string, number>()
  const merged: RecordedItem[] = []
  for (const items of recordings) {
    const timesHere = new Map<string, number>()
    for (const item of items) {
      const times = (timesHere.get(item.identity) ?? 0) + 1
      timesHere.set(item.identity, times)
      if (times <= (timesKept.get(item.identity) ?? 0)) continue
      timesKept.set(item.identity, times)
      merged.push(item)
    }
  }
  return merged.sort((one, other) => other.unixTime - one.unixTime)
}

function identityOf(item: Record<string, unknown>, json: string): string {
  if (typeof item['tx_hash'] !== 'string') return json
  const sides = [item['base'], item['quote']].flatMap((side) =>
    isRecord(side) ? [textOf(side['address']), textOf(side['change_amount'])] : [''],
  )
  return [item['tx_hash'], textOf(item['ins_index']), textOf(item['inner_ins_index']), ...sides].join(' ')
}

function hasType(item: RecordedItem, txType: TxType): boolean {
  return txType === 'all' || item.txType === txType
}

function walletKey(address: string): string {
  return isEvmAddress(address) ? address.toLowerCase() : address
}

function textOf(value: unknown): string {
  return typeof value === 'string' || isLosslessNumber(value) ? value.toString() : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}
