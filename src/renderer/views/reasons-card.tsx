import type { Gauges } from '../../shared/frames'
import { formatCount } from '../format'
import { usePicture } from '../store/console-context'
import { pacingInForce } from '../store/pacing-in-force'
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
  const inForce = usePicture(pacingInForce)
  return (
    <Panel title={t.title}>
      {/* A region that scrolls has to be reachable by keyboard. */}
      <div className={classes.reasons} role="region" aria-label={t.title} tabIndex={0}>
        <dl>
          {reasonsOf(gauges, inForce).map(({ about, words }) => (
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

type Pacing = Gauges['pacing']

function reasonsOf({ batchSize, pacing, quotas, breaker, sweep }: Gauges, pacingKind: Pacing['kind'] | null): Reason[] {
  return [
    { about: t.size, words: sizeWords(batchSize) },
    { about: t.pacing, words: pacingWords(pacing, pacingKind) },
    ...quotas.map(({ account, why }) => ({ about: t.quota(account), words: why === '' ? text.pacing.notPacing : why })),
    { about: t.breaker, words: breaker.reason ?? t.breakerKinds[breaker.kind] },
    ...(sweep === null ? [] : [{ about: t.search, words: sweep.state === 'running' ? t.trying(formatCount(sweep.size), sweep.findings.length) : sweep.why }]),
  ]
}

function pacingWords({ kind, why }: Pacing, inForce: Pacing['kind'] | null): string {
  const names = text.pacing.kinds
  return inForce === null || inForce === kind ? why : t.pendingPacing(names[kind], names[inForce])
}

function sizeWords({ asked, inForce, sizing, advised }: Gauges['batchSize']): string {
  if (asked !== inForce) return t.pending(formatCount(asked), formatCount(inForce))
  return sizing === 'auto' && advised !== null ? text.batchSize.autoWhy(advised.why) : t.manual(formatCount(inForce))
}
