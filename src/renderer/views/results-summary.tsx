import { SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { DISTRIBUTIONS, type Distribution, type ResultSelection, type ResultTotals } from '../../shared/results-query'
import { DistributionChart } from '../charts/distribution-chart'
import { formatCount, formatShare, UNKNOWN } from '../format'
import { formatPercent, formatUsd } from '../format-results'
import { useConsole, useResultCommands } from '../store/console-context'
import type { ConsoleState } from '../store/console-store'
import { moneyTone } from '../store/money-tone'
import { text } from '../text'
import classes from './results.module.css'

const t = text.results
const OF = DISTRIBUTIONS.map((value) => ({ value, label: t.distribution.of[value] }))

/** What the selection comes to, and how it is spread. */
export function ResultsSummary() {
  return (
    <div className={classes.summary}>
      <Totals />
      <DistributionPanel />
    </div>
  )
}

/** Null while nothing has been read that could be summed up. */
function readSelection({ results: { found } }: ConsoleState): ResultSelection | null {
  return found === null || (found.indexed === 0 && found.total > 0) ? null : found
}

function Totals() {
  const totals = useConsole((state) => readSelection(state)?.totals ?? null)
  return (
    <section className={classes.totals} aria-label={t.totals.title}>
      <dl>
        {tilesOf(totals).map(({ name, value, tone }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-tone={tone}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function tilesOf(totals: ResultTotals | null) {
  const of = (value: number | null | undefined, format: (value: number | null) => string) => (value === undefined ? UNKNOWN : format(value))
  const profitable = totals && totals.pairs > 0 ? totals.profitable / totals.pairs : null
  return [
    { name: t.totals.totalPnl, value: of(totals?.totalPnlUsd, formatUsd), tone: moneyTone(totals?.totalPnlUsd ?? 0) },
    { name: t.totals.realized, value: of(totals?.realizedPnlUsd, formatUsd), tone: moneyTone(totals?.realizedPnlUsd ?? 0) },
    { name: t.totals.median, value: of(totals?.medianPnlUsd, formatUsd), tone: undefined },
    { name: t.totals.pairs, value: of(totals?.pairs, formatCount), tone: undefined },
    { name: t.totals.profitable, value: formatShare(profitable), tone: undefined },
    { name: t.totals.winRate, value: of(totals?.meanWinRate, formatPercent), tone: undefined },
    { name: t.totals.volume, value: of(totals?.volumeUsd, formatUsd), tone: undefined },
    { name: t.totals.trades, value: of(totals?.trades, formatCount), tone: undefined },
  ]
}

function DistributionPanel() {
  const { ask } = useResultCommands()
  const query = useConsole(({ results }) => results.query)
  const bins = useConsole((state) => readSelection(state)?.distribution)
  const of = useConsole(({ results }) => results.foundBy?.distribution ?? results.query.distribution)
  const { ref, width, height } = useElementSize()
  return (
    <section className={classes.distribution} aria-label={t.distribution.title}>
      <header>
        <h2>{t.distribution.title}</h2>
        <SegmentedControl<Distribution>
          aria-label={t.distribution.title}
          data={OF}
          value={query.distribution}
          onChange={(distribution) => void ask({ ...query, distribution })}
          withItemsBorders={false}
        />
      </header>
      <div ref={ref}>
        {bins?.length === 0 ? (
          <p className={classes.noBins}>{t.distribution.nothing}</p>
        ) : (
          bins && width > 0 && <DistributionChart bins={bins} of={of} size={{ width, height }} />
        )}
      </div>
    </section>
  )
}
