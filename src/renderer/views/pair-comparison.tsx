import { Button } from '@mantine/core'
import { useState } from 'react'
import type { BirdeyeFigures } from '../../shared/pair-page'
import type { PairResult } from '../../shared/result'
import { formatUsd } from '../format-results'
import { useResultCommands } from '../store/console-context'
import { text } from '../text'
import classes from './pair-page.module.css'
import { Panel } from './panel'

const t = text.results.pair

type Comparing = { readonly kind: 'not-asked' } | { readonly kind: 'asked' } | BirdeyeFigures

/** Our figures beside BirdEye's own, and the difference. */
export function PairComparison({ id, result }: { readonly id: string; readonly result: PairResult }) {
  const commands = useResultCommands()
  const [comparing, setComparing] = useState<Comparing>({ kind: 'not-asked' })
  const compare = async () => {
    setComparing({ kind: 'asked' })
    const answer = await commands.birdeyeFigures(id)
    setComparing(answer.ok ? answer.value : { kind: 'refused', message: answer.message })
  }
  return (
    <Panel title={t.compare}>
      {comparing.kind === 'figures' ? (
        <Comparison figures={comparing} result={result} />
      ) : (
        <div className={classes.ask}>
          <p role={comparing.kind === 'refused' ? 'alert' : undefined}>{wordsOf(comparing)}</p>
          <Button onClick={() => void compare()} loading={comparing.kind === 'asked'} data-testid="compare">
            {t.compareAsk}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function wordsOf(comparing: Exclude<Comparing, { kind: 'figures' }>): string {
  if (comparing.kind === 'refused') return `${t.refused} ${comparing.message}`
  return comparing.kind === 'not-answered' ? t.notAnswered : t.compareAbout
}

function Comparison({ figures, result }: { readonly figures: Extract<BirdeyeFigures, { kind: 'figures' }>; readonly result: PairResult }) {
  const rows = [
    { name: t.rows.total, ours: result.total_pnl_usd, theirs: figures.totalPnlUsd },
    { name: t.rows.realized, ours: result.realized_pnl_usd, theirs: figures.realizedPnlUsd },
    { name: t.rows.unrealized, ours: result.unrealized_pnl_usd, theirs: figures.unrealizedPnlUsd },
    { name: t.rows.invested, ours: result.invested_usd, theirs: figures.investedUsd },
  ]
  const number = (cell: PairResult['total_pnl_usd']) => (cell === null ? null : Number(cell))
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t.figures}</span>
            </th>
            <th scope="col">{t.ours}</th>
            <th scope="col">{t.theirs}</th>
            <th scope="col">{t.difference}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, ours, theirs }) => {
            const [mine, other] = [number(ours), number(theirs)]
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td title={String(ours ?? '')}>{formatUsd(mine)}</td>
                <td title={theirs ?? ''}>{formatUsd(other)}</td>
                <td>{formatUsd(mine === null || other === null ? null : mine - other)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className={classes.note}>{t.compareAbout}</p>
    </>
  )
}
