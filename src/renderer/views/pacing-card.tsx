import { SegmentedControl } from '@mantine/core'
import type { QuotaReport } from '../../shared/frames'
import { BatchTimes } from '../charts/batch-times'
import controls from '../controls/controls.module.css'
import { LiveControls } from '../controls/live-controls'
import { PairLimit } from '../controls/pair-limit'
import { QuotaChoiceField } from '../controls/quota-choice'
import { formatLatency, formatRate, formatShare, formatSpan, formatStatedRate } from '../format'
import type { PacingKind } from '../store/commands'
import { pacingInForce } from '../store/pacing-in-force'
import { useCommands, usePicture, usePictureInTurn } from '../store/console-context'
import { batchesOf, type Picture } from '../store/picture'
import { text } from '../text'
import classes from './pacing-card.module.css'

const t = text.pacing
const KINDS = (['adaptive', 'classic'] as const).map((value) => ({ value, label: t.kinds[value] }))

/** How the pace is kept: by the governor, account by account, or by the classic pause between batches. */
export function PacingCard() {
  const commands = useCommands()
  const kind = usePicture((picture) => picture.gauges.pacing.kind)
  return (
    <section className={controls.card} aria-label={t.title}>
      <LiveControls>
        <header className={controls.cardHead}>
          <h2>{t.title}</h2>
          <SegmentedControl<PacingKind>
            aria-label={t.title}
            title={t.about[kind]}
            data={KINDS}
            value={kind}
            onChange={(pacing) => void commands.setPacing(pacing)}
            withItemsBorders={false}
            classNames={{ root: classes.kinds ?? '', label: classes.kind ?? '' }}
          />
        </header>
        <PendingPacing />
        {kind === 'adaptive' ? <Quotas /> : <Pauses />}
        <div className={classes.foot} data-part="foot">
          <PairLimit />
          <BreakerState />
        </div>
      </LiveControls>
    </section>
  )
}

/** What is asked for is in force once the other kind has finished what it had in flight. */
function PendingPacing() {
  const asked = usePicture((picture) => picture.gauges.pacing.kind)
  const inForce = usePicture(pacingInForce)
  if (inForce === null || inForce === asked) return null
  return (
    <p className={classes.pending} role="status" data-testid="pacing-pending">
      {t.asked(t.kinds[asked], t.kinds[inForce])}
    </p>
  )
}

const BREAKER_TONES = { closed: 'good', open: 'bad', 'half-open': 'caution', closing: 'caution' } as const

function BreakerState() {
  const kind = usePicture((picture) => picture.gauges.breaker.kind)
  const reason = usePicture((picture) => picture.gauges.breaker.reason)
  return (
    <p className={classes.breaker} title={reason ?? t.breaker.about}>
      {t.breaker.title}
      <span className={classes.pill} data-tone={BREAKER_TONES[kind]}>
        <i aria-hidden />
        {t.breaker[kind]}
      </span>
    </p>
  )
}

const quotasOf = (picture: Picture) => picture.gauges.quotas

function Quotas() {
  const quotas = usePictureInTurn(quotasOf)
  return quotas.length === 0 ? (
    <p className={controls.aside}>{t.notPacing}</p>
  ) : (
    <ul className={classes.quotas}>
      {quotas.map((quota) => (
        <Quota key={quota.number} quota={quota} isOnly={quotas.length === 1} />
      ))}
    </ul>
  )
}

function Quota({ quota, isOnly }: { readonly quota: QuotaReport; readonly isOnly: boolean }) {
  const { account, quotaPerSecond, uncertainty, source, permittedPerSecond, engines, heldForMs, why } = quota
  const isHeld = heldForMs > 1000
  const known = quotaPerSecond === null ? t.learning : t.quota(formatStatedRate(quotaPerSecond), formatShare(uncertainty), source)
  return (
    <li>
      <p className={classes.wait}>
        {isHeld ? <b>{t.heldFor(formatSpan(heldForMs))}</b> : permittedPerSecond !== null && <b>{formatRate(permittedPerSecond)}</b>}
        <span className={controls.aside}>
          {isHeld ? ' · ' : permittedPerSecond !== null && `${t.letThrough} · `}
          {[...(isOnly ? [] : [account]), known, ...(engines > 1 ? [t.sharedBy(engines)] : [])].join(' · ')}
        </span>
      </p>
      <p className={classes.why} title={why}>
        {why === '' ? t.notPacing : why}
      </p>
      <QuotaChoiceField number={quota.number} account={account} told={quota.told} />
    </li>
  )
}

function Pauses() {
  const { waitMs, why } = usePicture((picture) => picture.gauges.pacing)
  const batches = usePictureInTurn(batchesOf)
  return (
    <>
      <p className={classes.wait}>
        <b>{formatLatency(waitMs)}</b> <span className={controls.aside}>{t.beforeNext(why)}</span>
      </p>
      {batches.length > 0 && <BatchTimes batches={batches} />}
    </>
  )
}
