/** The keys of each account by its name; as text `NAME=KEY+KEY,NAME=KEY`. */
export type AccountKeys = string | Readonly<Record<string, readonly string[]>>

/** Account by key. Throws an Error that names the part that is wrong and says what is allowed. */
export function accountsByKey(accounts: AccountKeys): ReadonlyMap<string, string> {
  const byKey = new Map<string, string>()
  for (const [account, keys] of Object.entries(typeof accounts === 'string' ? parseAccounts(accounts) : accounts)) {
    if (keys.length === 0 || keys.includes('')) {
      throw new Error(`account "${account}" has an empty key; allowed is one key or more`)
    }
    for (const key of keys) {
      if (byKey.has(key)) throw new Error(`key "${key}" is named twice; allowed is each key in one account`)
      byKey.set(key, account)
    }
  }
  return byKey
}

function parseAccounts(text: string): Record<string, string[]> {
  const parts = text.split(',').map((part) => part.trim())
  const accounts = parts.map((part) => {
    const [, name, keys] = /^([^=\s]+)=([^=\s]+)$/.exec(part) ?? []
    if (name === undefined || keys === undefined) {
      throw new Error(`"${part}" is not an account; allowed is NAME=KEY+KEY`)
    }
    return [name, keys.split('+')] as const
  })
  const names = accounts.map(([name]) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Error(`account "${twice}" is named twice; allowed is each account once`)
  return Object.fromEntries(accounts)
}
