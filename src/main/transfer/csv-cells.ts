import BigNumber from 'bignumber.js'

export type Cell = string | number | boolean | null

/** A number as our columns write it: never what a spreadsheet would run. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i
/**
 * What spreadsheets take for a formula, or trim before they look for one (OWASP, "CSV Injection"). Apostrophes in front
 * count as well, so that a guard can be told from the text's own apostrophe when it is taken off again.
 */
const RUNS_AS_FORMULA = /^'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/
/**
 * The same in the middle of a text, where a spreadsheet may begin another cell: behind a semicolon, which is what parts cells in
 * half of the world, whatever quotes stand around it there; behind a tab; and in a new line.
 */
const BREAK = '(?<=[;\\t\\r\\n])'
const RUNS_BEHIND_BREAK = String.raw`'*[^\S\t\r\n]*[=+\-@＝＋－＠]`
const TO_GUARD = new RegExp(`${BREAK}(?=${RUNS_BEHIND_BREAK})`, 'g')
const GUARDED = new RegExp(`${BREAK}'(?=${RUNS_BEHIND_BREAK})`, 'g')
/** Python's csv module, before 3.11, gives up on a file that has one. */
const NUL = /\0/g

/**
 * The text of a cell. Null is empty, not zero. What a spreadsheet would run as a formula gets an apostrophe in front; numbers,
 * negative ones too, are left as they are.
 */
export function cellText(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return String(value)
  // Without an exponent, which some readers take for text.
  if (typeof value === 'number') return Number.isFinite(value) ? new BigNumber(value).toFixed() : ''
  const text = value.replace(NUL, '\uFFFD').replace(TO_GUARD, "'")
  return RUNS_AS_FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}

/** The text of a cell that was read: without the apostrophes that `cellText` put in. */
export function withoutGuard(cell: string): string {
  const text = cell.startsWith("'") && RUNS_AS_FORMULA.test(cell) ? cell.slice(1) : cell
  return text.replace(GUARDED, '')
}
