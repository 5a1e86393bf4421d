/** A setting as it is written in the file: `[system] pnl_parallel_batch_size`, `[[birdeye.accounts]] #2 keys`. */
export function settingName([table, ...rest]: readonly PropertyKey[]): string {
  if (table === undefined) return 'the file'
  const [key, position, ...inItem] = rest
  if (key !== undefined && typeof position === 'number') {
    return [`[[${bare(table)}.${bare(key)}]] #${position + 1}`, ...inItem.map(place)].join(' ')
  }
  return [`[${bare(table)}]`, ...rest.map(place)].join(' ')
}

function place(part: PropertyKey): string {
  return typeof part === 'number' ? `#${part + 1}` : bare(part)
}

/** Names that TOML would quote are quoted. */
export function bare(part: PropertyKey): string {
  const name = String(part)
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name)
}
