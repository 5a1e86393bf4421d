import { Button, SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { MAX_PAIR_ROWS, type PairMatch, type PairMove, type PairTrades } from '../../shared/pair-page'
import { PnlCurve } from '../charts/pnl-curve'
import { formatCount, formatSpan } from '../format'
import { formatMoment, formatQuantity, formatUsd } from '../format-results'
import { useResultCommands } from '../store/console-context'
import { moneyTone } from '../store/money-tone'
import { text } from '../text'
import classes from './pair-page.module.css'
import { Panel } from './panel'

const t = text.results.pair

type Reading = { readonly kind: 'not-asked' } | { readonly kind: 'asked' } | PairTrades

/** The swaps of the pair, their matches and the curve that they make, once they have been asked for. */
export function PairTradesPanel({ id, requests }: { readonly id: string; readonly requests: number }) {
  const commands = useResultCommands()
  const [reading, setReading] = useState<Reading>({ kind: 'not-asked' })
  const read = async () => {
    setReading({ kind: 'asked' })
    const answer = await commands.trades(id)
    setReading(answer.ok ? answer.value : { kind: 'refused', message: answer.message })
  }
  if (reading.kind === 'trades') return <Trades trades={reading} />
  return (
    <Panel title={t.trades}>
      <div className={classes.ask}>
        <p>{reading.kind === 'refused' ? `${t.refused} ${reading.message}` : t.tradesAbout}</p>
        <Button onClick={() => void read()} loading={reading.kind === 'asked'} data-testid="read-trades">
          {reading.kind === 'refused' ? t.again : t.load(formatCount(requests), requests)}
        </Button>
      </div>
    </Panel>
  )
}

function Trades({ trades }: { readonly trades: Extract<PairTrades, { kind: 'trades' }> }) {
  const [shown, setShown] = useState<'matches' | 'moves'>('matches')
  const counts = { matches: trades.matchCount, moves: trades.moveCount }
  const data = (['matches', 'moves'] as const).map((value) => ({ value, label: `${t[value]} ${formatCount(counts[value])}` }))
  return (
    <div className={classes.main}>
      <Curve trades={trades} />
      <Panel
        title={t.trades}
        aside={<SegmentedControl<'matches' | 'moves'> aria-label={t.trades} data={data} value={shown} onChange={setShown} withItemsBorders={false} />}
      >
        <div className={classes.scroll} role="region" aria-label={t[shown]} tabIndex={0}>
          {shown === 'matches' ? <Matches matches={trades.matches} /> : <Moves moves={trades.moves} />}
          {counts[shown] > MAX_PAIR_ROWS && <p className={classes.note}>{t.cut(formatCount(MAX_PAIR_ROWS), formatCount(counts[shown]))}</p>}
        </div>
      </Panel>
    </div>
  )
}

function Curve({ trades: { curve } }: { readonly trades: Extract<PairTrades, { kind: 'trades' }> }) {
  const { ref, width, height } = useElementSize()
  return (
    <Panel title={t.curve} aside={<small className={classes.unit}>{t.curveUnit}</small>}>
      <div className={classes.curve} ref={ref}>
        {curve.length === 0 ? <p className={classes.note}>{t.curveEmpty}</p> : width > 0 && <PnlCurve points={curve} size={{ width, height }} />}
      </div>
    </Panel>
  )
}

function Matches({ matches }: { readonly matches: readonly PairMatch[] }) {
  if (matches.length === 0) return <p className={classes.note}>{t.noMatches}</p>
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t.head.bought}</th>
          <th scope="col">{t.head.sold}</th>
          <th scope="col">{t.head.held}</th>
          <th scope="col">{t.head.quantity}</th>
          <th scope="col">{t.head.buyPrice}</th>
          <th scope="col">{t.head.sellPrice}</th>
          <th scope="col">{t.head.profit}</th>
        </tr>
      </thead>
      <tbody>
        {matches.map((match, i) => (
          // Matches have no name of their own, and never change.
          // eslint-disable-next-line react/no-array-index-key
          <tr key={i}>
            <td>{formatMoment(match.boughtAtMs)}</td>
            <td>{formatMoment(match.soldAtMs)}</td>
            <td>{formatSpan(match.soldAtMs - match.boughtAtMs)}</td>
            <td title={match.quantity}>{formatQuantity(Number(match.quantity))}</td>
            <td title={match.buyPriceUsd}>${formatQuantity(Number(match.buyPriceUsd))}</td>
            <td title={match.sellPriceUsd}>${formatQuantity(Number(match.sellPriceUsd))}</td>
            <td title={match.profitUsd} data-tone={moneyTone(Number(match.profitUsd))}>
              {formatUsd(Number(match.profitUsd))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Moves({ moves }: { readonly moves: readonly PairMove[] }) {
  if (moves.length === 0) return <p className={classes.note}>{t.noMoves}</p>
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t.head.time}</th>
          <th scope="col">{t.head.side}</th>
          <th scope="col">{t.head.quantity}</th>
          <th scope="col">{t.head.price}</th>
          <th scope="col">{t.head.value}</th>
        </tr>
      </thead>
      <tbody>
        {moves.map(({ atMs, side, quantity, unitPriceUsd }, i) => (
          // eslint-disable-next-line react/no-array-index-key
          <tr key={i}>
            <td>{formatMoment(atMs)}</td>
            <td>{t.sides[side]}</td>
            <td title={quantity}>{formatQuantity(Number(quantity))}</td>
            <td title={unitPriceUsd ?? undefined}>{unitPriceUsd === null ? formatQuantity(null) : `$${formatQuantity(Number(unitPriceUsd))}`}</td>
            <td>{formatUsd(unitPriceUsd === null ? null : Number(quantity) * Number(unitPriceUsd))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
