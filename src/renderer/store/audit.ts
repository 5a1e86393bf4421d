import type { Link } from './feed'
import type { Picture } from './picture'

/** An audit older than this no longer tells how the books stand now. Main audits once a second. */
const STALE_AFTER_MS = 5000

/** What is known of lost pairs. */
export type AuditVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'checked'; readonly lost: number; readonly ageMs: number }
  | { readonly kind: 'stale'; readonly lost: number; readonly ageMs: number; readonly because: StaleBecause }

export type StaleBecause = 'no-contact' | 'redis-away' | 'no-audit'

type Audited = Pick<Picture, 'ledger' | 'atMs' | 'auditSeenAtMs' | 'state'>

export function auditVerdictOf({ ledger, atMs, auditSeenAtMs, state }: Audited, link: Link): AuditVerdict {
  if (ledger === null) return { kind: 'none' }
  const { lost } = ledger
  const ageMs = Math.max(0, atMs - auditSeenAtMs)
  if (link.kind === 'silent') return { kind: 'stale', lost, ageMs, because: 'no-contact' }
  if (state.kind === 'waiting-for-redis') return { kind: 'stale', lost, ageMs, because: 'redis-away' }
  return ageMs > STALE_AFTER_MS ? { kind: 'stale', lost, ageMs, because: 'no-audit' } : { kind: 'checked', lost, ageMs }
}
