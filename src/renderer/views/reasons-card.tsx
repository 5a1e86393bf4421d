import type { Gauges } from '../../shared/frames'
import { formatCount } from '../format'
import { usePicture } from '../store/console-context'
import { text } from '../text'
import { Panel } from './panel'
import classes from './tuning.module.css'

const t = text.tuning.reasons

interface Reason {
  readonly about: string
  readonly words: string
}

/** The engine's own words for what it does just now. */
export function ReasonsCard() {
  const gauges = usePicture((picture) => picture.gauges)
  return (
    <Panel title={t.title}>
      {/* A region that scrolls has to be reachable by keyboard. */}
      <div className={classes.reasons} role="region" aria-label={t.title} tabIndex={0}>
        <dl>
          {reasonsOf(gauges).map(({ about, words }) => (
            <div key={about}>
              <dt>{about}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  )
}

function reasonsOf({ batchSize, pacing, quotas, breaker, sweep }: Gauges): Reason[] {
  return [
    { about: t.size, words: sizeWords(batchSize) },
    { about: t.pacing, words: pacing.why },
    ...quotas.map(({ account, why }) => ({ about: t.quota(account), words: why === '' ? text.pacing.notPacing : why })),
    { about: t.breaker, words: breaker.reason ?? t.breakerKinds[breaker.kind] },
    ...(sweep === null ? [] : [{ about: t.search, words: sweep.state === 'running' ? t.trying(formatCount(sweep.size), sweep.findings.length) : sweep.why }]),
  ]
}

function sizeWords({ asked, inForce, sizing, advised }: Gauges['batchSize']): string {
  if (asked !== inForce) return t.pending(formatCount(asked), formatCount(inForce))
  return sizing === 'auto' && advised !== null ? text.batchSize.autoWhy(advised.why) : t.manual(formatCount(inForce))
}
