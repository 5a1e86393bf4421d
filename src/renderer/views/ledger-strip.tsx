import { IconAlertTriangle, IconCheck, IconQuestionMark } from '@tabler/icons-react'
import { Tooltip } from '@mantine/core'
import { formatCount, formatSpan } from '../format'
import { auditVerdictOf, type AuditVerdict } from '../store/audit'
import { useConsole, usePicture } from '../store/console-context'
import { text } from '../text'
import { LedgerBar } from './ledger-bar'
import classes from './ledger-strip.module.css'

const t = text.ledger
const PLACES = ['ready', 'delayed', 'inFlight', 'done', 'failed', 'discarded'] as const
type Entry = (typeof PLACES)[number] | 'enqueued' | 'inbox' | 'rejected'

const TEST_IDS = {
  enqueued: 'ledger-enqueued',
  ready: 'ledger-ready',
  delayed: 'ledger-delayed',
  inFlight: 'ledger-in-flight',
  done: 'ledger-done',
  failed: 'ledger-failed',
  discarded: 'ledger-discarded',
  inbox: 'ledger-inbox',
  rejected: 'ledger-rejected',
} as const satisfies Record<Entry, string>

/** Where every pair is, as a sum that has to add up, and when that was last checked. */
export function LedgerStrip() {
  const ledger = usePicture((picture) => picture.ledger)
  if (ledger === null) return <section className={classes.strip}>{t.none}</section>
  const places = PLACES.filter((place) => place !== 'discarded' || ledger.discarded > 0)
  return (
    <section className={classes.strip} aria-label={t.title}>
      <dl className={classes.sum}>
        <Count entry="enqueued" count={ledger.enqueued} sign={null} />
        {places.map((place, i) => (
          <Count key={place} entry={place} count={ledger[place]} sign={i === 0 ? '=' : '+'} />
        ))}
      </dl>
      {ledger.inbox + ledger.rejected > 0 && (
        <dl className={classes.beside}>
          {ledger.inbox > 0 && <Count entry="inbox" count={ledger.inbox} sign={null} />}
          {ledger.rejected > 0 && <Count entry="rejected" count={ledger.rejected} sign={null} />}
        </dl>
      )}
      <Verdict />
      <LedgerBar ledger={ledger} />
    </section>
  )
}

interface CountProps {
  readonly entry: Entry
  readonly count: number
  readonly sign: string | null
}

function Count({ entry, count, sign }: CountProps) {
  return (
    <div data-entry={entry} title={t.about[entry]}>
      {sign && (
        <span className={classes.sign} aria-hidden>
          {sign}
        </span>
      )}
      <dd data-testid={TEST_IDS[entry]}>{formatCount(count)}</dd>
      <dt>{t.names[entry]}</dt>
    </div>
  )
}

/** What is lost, as the audit found it. It changes by the second, so it is not announced to screen readers. */
function Verdict() {
  const link = useConsole((state) => state.link)
  const kind = usePicture((picture) => verdictKindOf(auditVerdictOf(picture, link)))
  const words = usePicture((picture) => verdictWords(auditVerdictOf(picture, link)))
  const Icon = kind === 'sound' ? IconCheck : kind === 'lost' ? IconAlertTriangle : IconQuestionMark
  return (
    <Tooltip label={t.verdictAbout[kind]}>
      <p className={classes.verdict} data-kind={kind} data-testid="ledger-lost">
        <Icon size={15} stroke={2.4} aria-hidden />
        {words}
      </p>
    </Tooltip>
  )
}

function verdictKindOf(verdict: AuditVerdict): 'sound' | 'lost' | 'stale' {
  if (verdict.kind !== 'checked') return 'stale'
  return verdict.lost === 0 ? 'sound' : 'lost'
}

function verdictWords(verdict: AuditVerdict): string {
  switch (verdict.kind) {
    case 'none':
      return t.none
    case 'checked':
      return t.checked(formatCount(verdict.lost), formatSpan(Math.max(1000, verdict.ageMs)))
    case 'stale':
      return t.stale[verdict.because](formatCount(verdict.lost), formatSpan(verdict.ageMs))
  }
}
