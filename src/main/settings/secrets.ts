import { stripVTControlCharacters } from 'node:util'

const HIDDEN = '(hidden)'
/** Settings whose values are secrets, or lists of things that hold some. */
const SECRET_NAME = /key|password|secret|token|accounts/i
const LONGEST_SHOWN = 120

/** A value as it may be shown: keys are hidden, and so are the passwords in URLs. */
export function shownValue(path: readonly PropertyKey[], value: unknown): string {
  if (SECRET_NAME.test(String(path.findLast((part) => typeof part === 'string')))) return HIDDEN
  if (typeof value === 'string') return JSON.stringify(clipped(withoutPassword(value)))
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' && value !== null ? 'a table' : String(value)
}

/**
 * A line of a broken TOML file as it may be shown: the name, and the value where the name is not one of a secret. A line
 * without a name may come from the inside of a list of keys, and is not shown unless it begins a table.
 */
export function withoutSecrets(line: string): string {
  const plain = stripVTControlCharacters(line).replace(/\p{Cc}/gu, ' ').trim()
  if (plain === '') return '(an empty line)'
  // Keys may end in =, so a second one does not make a name of what is before it.
  const name = /^[\w.-]+\s*(?==(?!=))/.exec(plain)?.[0]
  if (name !== undefined && SECRET_NAME.test(plain)) return `${clipped(name)}= ${HIDDEN}`
  const isTable = plain.startsWith('[') && !/["']/.test(plain)
  return name !== undefined || isTable ? clipped(withoutPassword(plain)) : '(not shown: it may hold a key)'
}

/** Everything before the last @ of a URL may be a password, and so may a parameter that sounds like one. */
function withoutPassword(text: string): string {
  return text
    .replace(/^(.*?:\/\/)?.*@/s, '$1…@')
    .replace(/([?&][^=&]*(?:key|pass|secret|token)[^=&]*=)[^&"']*/gi, '$1…')
}

function clipped(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}
