import { stripVTControlCharacters } from 'node:util'
import { knownNames } from './schema-words'

const HIDDEN = '(hidden)'
/** Settings whose values are secrets, or hold some; also a key that stands where its table should. */
const SECRET_NAME = /key|password|secret|token|accounts|^birdeye\s*(=|$)/i
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
 * without a name may come from the inside of a list of keys, and is not shown unless it begins a table or with a setting.
 */
export function withoutSecrets(line: string): string {
  const plain = stripVTControlCharacters(line).replace(/\p{Cc}/gu, ' ').trim()
  if (plain === '') return '(an empty line)'
  // Keys may end in =, so a second one does not make a name of what is before it.
  const name = /^[\w.-]+\s*(?==(?!=))/.exec(plain)?.[0]
  if (name !== undefined && SECRET_NAME.test(plain)) return `${clipped(name)}= ${HIDDEN}`
  const isTable = plain.startsWith('[') && !/["']/.test(plain)
  const isSafe = name !== undefined || isTable || beginsWithSetting(plain)
  return isSafe ? clipped(withoutPassword(plain)) : '(not shown: it may hold a key)'
}

/** The equals sign may be what is missing. */
function beginsWithSetting(line: string): boolean {
  const word = /^[\w-]+/.exec(line)?.[0] ?? ''
  return !SECRET_NAME.test(line) && knownNames([]).some((table) => knownNames([table]).includes(word))
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
