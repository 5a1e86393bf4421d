/** What an answer that is not a success says about the request, the key and the account. */
export type ApiErrorKind =
  | 'rate-limited'
  | 'allowance-spent'
  /** The key, or the address that it is used from, is not let in. */
  | 'key-refused'
  /** The key works, but its plan lacks this endpoint. */
  | 'endpoint-refused'
  | 'permanent'
  | 'transient'

interface Rule {
  readonly statuses: (status: number) => boolean
  readonly says?: RegExp
  readonly kind: ApiErrorKind
}

const any = (): boolean => true
const oneOf =
  (...statuses: number[]) =>
  (status: number): boolean =>
    statuses.includes(status)

/**
 * The error table of the API and the design's table "Outcomes" in one; the first rule that fits decides. A message is
 * compared without regard to case. Two messages outweigh any status: a spent allowance comes as a 400 like a bad
 * parameter, and rate limits have been seen under other statuses than 429.
 */
const RULES: readonly Rule[] = [
  { statuses: any, says: /compute units? usage limit exceeded/i, kind: 'allowance-spent' },
  { statuses: oneOf(429), kind: 'rate-limited' },
  { statuses: any, says: /(?<![a-z])rate[ _-]?limit|too many requests/i, kind: 'rate-limited' },
  { statuses: oneOf(401, 403), says: /suspended|lacks? sufficient permission/i, kind: 'endpoint-refused' },
  { statuses: oneOf(401, 403), kind: 'key-refused' },
  { statuses: oneOf(408, 425), kind: 'transient' },
  { statuses: (status) => status >= 500, kind: 'transient' },
  { statuses: (status) => status >= 400, kind: 'permanent' },
  // Below 400 only the message is left to go by: {"success": false} under a 200.
  { statuses: any, says: /unauthorized|authentication required|access denied/i, kind: 'key-refused' },
  { statuses: any, says: /suspended|lacks? sufficient permission/i, kind: 'endpoint-refused' },
  { statuses: any, says: /invalid (data|request|format)|invalid format|not a valid address/i, kind: 'permanent' },
  { statuses: any, kind: 'transient' },
]

/** Tells the API's errors apart, by status first, then by message. */
export function classifyError(status: number, message: string): ApiErrorKind {
  const rule = RULES.find(({ statuses, says }) => statuses(status) && (says?.test(message) ?? true))
  return rule?.kind ?? 'transient'
}
