import { Progress } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { DiscoveryCounts, DiscoveryProgress } from '../../shared/discovery'
import { formatCount, formatShare } from '../format'
import { usePicture } from '../store/console-context'
import { discoveryShareOf } from '../store/discovery'
import { text } from '../text'
import classes from './discover.module.css'

const t = text.discover

/** How the present discovery goes, or how the last one ended; nothing before the first. */
export function DiscoveryNews() {
  const discovery = usePicture((picture) => picture.discovery)
  if (discovery === null) return null
  return (
    <section className={classes.news} data-testid="discovery-news" data-kind={discovery.state.kind}>
      <State discovery={discovery} />
      {hasCounts(discovery) && <Counts counts={discovery.counts} />}
      <Skips discovery={discovery} />
    </section>
  )
}

function State({ discovery: { state, counts } }: { readonly discovery: DiscoveryProgress }) {
  switch (state.kind) {
    case 'running': {
      const share = discoveryShareOf(counts)
      return (
        <>
          <p className={classes.progressHead}>
            <b>{t.states.running}</b>
            <span className={classes.aside}>
              {t.requestsOf(formatCount(counts.requests), formatCount(counts.requestsExpected), formatShare(share))}
            </span>
          </p>
          <Progress.Root className={classes.progress ?? ''} size={6}>
            <Progress.Section value={share * 100} color="var(--accent)" aria-label={t.states.running} />
          </Progress.Root>
          {state.waiting && <p className={classes.waiting}>{t.waiting(state.waiting)}</p>}
        </>
      )
    }
    case 'finished':
      return (
        <p className={classes.head} data-tone="good" role="status">
          <IconCircleCheck size={17} aria-hidden />
          <b>{t.states.finished}</b>
        </p>
      )
    case 'cancelled':
      return (
        <p className={classes.head} role="status">
          <IconInfoCircle size={17} aria-hidden />
          <b>{t.states.cancelled}</b>
        </p>
      )
    case 'failed':
      return (
        <p className={classes.head} data-tone="bad" role="alert">
          <IconAlertTriangle size={17} aria-hidden />
          <span>
            <b>{t.states.failed}</b> {state.message}
          </span>
        </p>
      )
  }
}

/** A discovery that failed before it had a token has nothing to count. */
function hasCounts({ state, counts }: DiscoveryProgress): boolean {
  return state.kind !== 'failed' || counts.tokens > 0
}

/** Every trader is in exactly one of these. */
function Counts({ counts }: { readonly counts: DiscoveryCounts }) {
  const figures = [
    ['enqueued', t.counts.enqueued],
    ['known', t.counts.known],
    ['repeated', t.counts.repeated],
    ['tradersSkipped', t.counts.skipped],
  ] as const
  return (
    <>
      <dl className={classes.counts}>
        {figures.map(([key, name]) => (
          <div key={key}>
            <dd data-testid={`discovery-${key}`}>{formatCount(counts[key])}</dd>
            <dt>{name}</dt>
          </div>
        ))}
      </dl>
      <p className={classes.aside}>
        {t.seen(formatCount(counts.traders), formatCount(counts.tokensRead), formatCount(counts.tokens))}
        {counts.tokensSkipped > 0 && ` · ${t.tokensSkipped(formatCount(counts.tokensSkipped), counts.tokensSkipped)}`}
      </p>
    </>
  )
}

function Skips({ discovery: { skips } }: { readonly discovery: DiscoveryProgress }) {
  if (skips.length === 0) return null
  return (
    <ul className={classes.skips} aria-label={t.skips}>
      {skips.map(({ name, reason }, i) => (
        <li key={`${i} ${name}`}>
          <b>{name}:</b> {reason}
        </li>
      ))}
    </ul>
  )
}
