import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ImportProgress } from '../../shared/pair-import'
import { formatCount } from '../format'
import { formatAddress } from '../format-results'
import { useImportCommands } from '../store/console-context'
import { rowsOf } from '../store/pair-import'
import { text } from '../text'
import classes from './pair-import.module.css'

const t = text.pairImport
const COUNTS = ['fresh', 'duplicates', 'rejected'] as const

/** What is in the file, as far as it has been read. */
export function ImportFigures({ progress }: { readonly progress: ImportProgress }) {
  const { state, counts, comparesAll, sample } = progress
  if (state.kind === 'receiving' || rowsOf(counts) === 0) return null
  const isBefore = state.kind === 'checking' || state.kind === 'checked'
  const names = isBefore ? t.counts.before : t.counts.after
  return (
    <>
      <dl className={classes.counts} data-testid="import-counts">
        <div>
          <dd>{formatCount(rowsOf(counts))}</dd>
          <dt>{t.rows}</dt>
        </div>
        {COUNTS.map((count) => (
          <div key={count} data-count={count} data-zero={counts[count] === 0 || undefined}>
            <dd data-testid={`import-${count}`}>{formatCount(counts[count])}</dd>
            <dt>{names[count]}</dt>
          </div>
        ))}
      </dl>
      {isBefore && !comparesAll && <p className={classes.aside}>{t.notAllCompared}</p>}
      {isBefore && sample.length > 0 && <Sample progress={progress} />}
      {counts.rejected > 0 && <Rejections progress={progress} />}
    </>
  )
}

function Sample({ progress: { sample } }: { readonly progress: ImportProgress }) {
  return (
    <table className={classes.sample} aria-label={t.sample}>
      <thead>
        <tr>
          <th scope="col">{t.line}</th>
          <th scope="col">{t.wallet}</th>
          <th scope="col">{t.token}</th>
          <th scope="col">{t.chain}</th>
          <th scope="col">{t.priority}</th>
          <th scope="col">{t.verdict}</th>
        </tr>
      </thead>
      <tbody>
        {sample.map(({ line, wallet, token, symbol, chain, priority, isFresh }) => (
          <tr key={line} data-testid="import-sample-row">
            <td>{formatCount(line)}</td>
            <td title={wallet} className={classes.address}>
              {formatAddress(wallet)}
            </td>
            <td title={token}>
              {symbol ?? <span className={classes.address}>{formatAddress(token)}</span>}
            </td>
            <td>{chain}</td>
            <td>{priority}</td>
            <td data-fresh={isFresh}>{isFresh ? t.fresh : t.duplicate}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Rejections({ progress: { id, rejections, counts, state } }: { readonly progress: ImportProgress }) {
  const { saveRejected } = useImportCommands()
  const [saved, setSaved] = useState<string | null>(null)
  const save = async () => {
    const written = await saveRejected(id)
    if (written) setSaved(t.saved(formatCount(written.rows), written.rows, written.file))
  }
  const isMore = counts.rejected > rejections.length
  return (
    <section className={classes.rejections}>
      <p className={classes.file}>
        <b>{t.rejections}</b> {isMore && <span>{t.rejectionsShown(rejections.length, formatCount(counts.rejected))}</span>}
        {(state.kind === 'checked' || state.kind === 'finished' || state.kind === 'cancelled') && (
          <Button className={classes.end ?? ''} size="compact-xs" onClick={() => void save()} data-testid="import-save-rejected">
            {t.saveRejected}
          </Button>
        )}
      </p>
      {/* A region that scrolls has to be reachable by keyboard. */}
      <div className={classes.rejected} role="region" aria-label={t.rejections} tabIndex={0}>
        <ul>
          {rejections.map(({ line, reason, excerpt }) => (
            <li key={line} data-testid="import-rejection">
              <b>{t.atLine(formatCount(line))}</b> {reason} {excerpt !== '' && <code>{excerpt}</code>}
            </li>
          ))}
        </ul>
      </div>
      {saved !== null && <p role="status">{saved}</p>}
    </section>
  )
}
