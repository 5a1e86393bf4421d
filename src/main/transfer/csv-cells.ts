export type Cell = string | number | boolean | null

/** A number as our columns write it: never what a spreadsheet would run. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i
/** What spreadsheets take for a formula, or trim before they look for one (OWASP, "CSV Injection"). */
const RUNS_AS_FORMULA = /^[\s]*[=+\-@\t\r]/

/**
 * The text of a cell. Null is empty, not zero. Text that a spreadsheet would run as a formula gets an apostrophe in front;
 * numbers, negative ones too, are left as they are.
 */
export function cellText(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return plainNumber(value)
  return RUNS_AS_FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value
}

/** Without an exponent, which some readers take for text. */
function plainNumber(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
}
