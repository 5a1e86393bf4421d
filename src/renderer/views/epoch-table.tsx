import { useMemo } from 'react'
import type { EpochRecord } from '../../shared/frames'
import { formatCount, formatLatency, formatRate, formatShare, formatSpan } from '../format'
import { usePicture } from '../store/console-context'
import { text } from '../text'
import surfaces from '../theme/surfaces.module.css'
import table from './batch-table.module.css'
import { Panel } from './panel'
import classes from './tuning.module.css'

const t = text.tuning.epochs
const COLUMNS = Object.entries(t.columns)

/** Each span of constant settings with what came of it, newest first. */
export function EpochTable() {
  const epochs = usePicture((picture) => picture.epochs)
  const newestFirst = useMemo(() => epochs.filter(({ finished }) => finished > 0).toReversed(), [epochs])
  return (
    <Panel title={t.title} aside={<span className={classes.aside}>{t.about}</span>}>
      {/* A region that scrolls has to be reachable by keyboard. */}
      <div className={classes.scroll} role="region" aria-label={t.table} tabIndex={0}>
        {newestFirst.length === 0 ? (
          <p className={classes.note}>{t.none}</p>
        ) : (
          <table className={`${surfaces.table} ${table.table}`} data-columns="epochs">
            <thead>
              <tr>
                {COLUMNS.map(([key, name]) => (
                  <th key={key} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {newestFirst.map((epoch) => (
                <Row key={epoch.number} epoch={epoch} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  )
}

function Row({ epoch }: { readonly epoch: EpochRecord }) {
  const { number, pacing, sizing, batchSize, meanBatchSize, endedAtMs } = epoch
  const size = formatCount(sizing === 'auto' ? Math.round(meanBatchSize ?? batchSize) : batchSize)
  return (
    <tr data-testid="epoch-row" data-number={number}>
      <th scope="row">
        #{number} {endedAtMs === null && t.now}
      </th>
      <td>{text.pacing.kinds[pacing].toLowerCase()}</td>
      <td>{sizing === 'auto' ? t.auto(size) : size}</td>
      <td>{formatSpan(epoch.workedSeconds * 1000)}</td>
      <td>{formatCount(epoch.done)}</td>
      <td>{formatRate(epoch.goodputPerSecond)}</td>
      <td>{formatRate(epoch.refusalsPerSuccess)}</td>
      <td>{formatRate(epoch.requestsPerPair)}</td>
      <td>{formatShare(epoch.yieldShare)}</td>
      <td>{formatLatency(epoch.pairMsP95)}</td>
    </tr>
  )
}
