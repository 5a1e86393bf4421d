import type { z } from 'zod'

/** Settings that cannot be used. The message has a line for each problem: the setting, its value, and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
  }
}

type Path = readonly PropertyKey[]

const SECRET = /key|password|secret/i

/** `[system] pnl_parallel_batch_size`, as it is written in the file. */
export function settingName(path: Path): string {
  const [table, ...rest] = path.map(String)
  if (rest.length === 0) return `[${table}]`
  const place = rest.map((part) => (/^\d+$/.test(part) ? `#${Number(part) + 1}` : part)).join(' ')
  return `[${table}] ${place}`
}

/** The line for one problem of one value. `name` is the setting as the person wrote it. */
export function problemLine(name: string, path: Path, value: unknown, issue: z.core.$ZodIssue): string {
  const shown = value === undefined ? 'is missing' : `= ${shownValue(path, value)} cannot be used`
  return `${name} ${shown}: allowed is ${allowed(issue)}`
}

function shownValue(path: Path, value: unknown): string {
  if (path.some((part) => SECRET.test(String(part)))) return '(hidden)'
  if (typeof value === 'string') return JSON.stringify(value.replace(/^(\w+:\/\/)[^/]*@/, '$1…@'))
  return JSON.stringify(value) ?? String(value)
}

/** What the schema says would do, in words. */
function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `a number ${issue.inclusive ? 'from' : 'above'} ${issue.minimum} on`
        : 'a text or list that is not empty'
    case 'too_big':
      return `a number up to ${issue.maximum}`
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of the type ${issue.expected}`
    case 'invalid_value':
      return issue.values.map(String).join(', ')
    case 'invalid_format':
      return issue.format === 'url' ? 'an http:// or https:// URL' : issue.message
    default:
      return issue.message
  }
}
