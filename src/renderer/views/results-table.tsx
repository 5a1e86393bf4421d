import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useRef } from 'react'
import { pairId } from '../../shared/pair'
import type { PairResult, ResultColumnName } from '../../shared/result'
import { RESULT_FIGURES, type ResultFigure } from '../../shared/results-query'
import { formatCount } from '../format'
import { formatCell } from '../format-results'
import { useConsole, useResultCommands } from '../store/console-context'
import { moneyTone } from '../store/money-tone'
import { rowAt, sortedBy } from '../store/results'
import { text } from '../text'
import { linkToDetail } from './route'
import classes from './results.module.css'

const t = text.results
const ROW_PX = 28
/** Chromium draws nothing beyond 2²⁵ px: more rows than this cannot be scrolled to. */
const MOST_ROWS = Math.floor(2 ** 25 / ROW_PX) - 1
const OVERSCAN = 12
const TEXT_COLUMNS: ReadonlySet<ResultColumnName> = new Set(['wallet_address', 'token_address', 'token_symbol', 'chain', 'status', 'confidence', 'confidence_reason', 'error_message'])

const WIDTHS: Partial<Record<ResultColumnName, string>> = {
  confidence_reason: 'minmax(220px, 2fr)',
  error_message: 'minmax(220px, 2fr)',
  analyzed_at: 'minmax(134px, 1.5fr)',
  first_trade_time: 'minmax(140px, 1.5fr)',
  last_trade_time: 'minmax(140px, 1.5fr)',
}

/** The rows of the selection; only those on screen exist. */
export function ResultsTable() {
  const { need } = useResultCommands()
  const results = useConsole((state) => state.results)
  const { found, columns, problem } = results
  const scrollRef = useRef<HTMLDivElement>(null)
  const count = Math.min(found?.matching ?? 0, MOST_ROWS)
  // oxlint-disable-next-line react/incompatible-library -- the library says when to render again
  const rows = useVirtualizer({ count, getScrollElement: () => scrollRef.current, estimateSize: () => ROW_PX, overscan: OVERSCAN })
  const items = rows.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => need(first - OVERSCAN, last + OVERSCAN), [need, first, last, found])
  useTopOnNewQuery(scrollRef)
  if (problem !== null) return <Problem message={problem} />
  if (found?.total === 0) return <Nothing title={t.empty} about={t.emptyAbout} />
  if (found?.matching === 0) return <Nothing title={t.nothing} about={t.nothingAbout} />
  return (
    <div className={classes.scroll} ref={scrollRef} role="region" aria-label={t.table} tabIndex={0}>
      <div className={classes.table} role="table" aria-rowcount={found?.matching ?? 0}>
        <Head columns={columns} />
        <div role="rowgroup" className={classes.body} style={{ height: rows.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <Row key={index} index={index} startPx={start} result={rowAt(results, index)} columns={columns} />
          ))}
        </div>
      </div>
      {found && found.matching > MOST_ROWS && <p className={classes.tooMany}>{t.tooMany(formatCount(MOST_ROWS))}</p>}
    </div>
  )
}

/** Another question is read from its top; the same one asked again leaves the reader where they are. */
function useTopOnNewQuery(scrollRef: React.RefObject<HTMLDivElement | null>) {
  const foundBy = useConsole(({ results }) => results.foundBy)
  const shown = useRef(foundBy)
  useEffect(() => {
    const isSame = shown.current?.filter === foundBy?.filter && shown.current?.sort === foundBy?.sort
    shown.current = foundBy
    if (!isSame) scrollRef.current?.scrollTo({ top: 0 })
  }, [scrollRef, foundBy])
}

function Head({ columns }: { readonly columns: readonly ResultColumnName[] }) {
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.row} style={{ gridTemplateColumns: templateOf(columns) }}>
        {columns.map((column) => (
          <HeadCell key={column} column={column} />
        ))}
      </div>
    </div>
  )
}

function HeadCell({ column }: { readonly column: ResultColumnName }) {
  const { ask } = useResultCommands()
  const query = useConsole(({ results }) => results.query)
  const figure: ResultFigure | undefined = RESULT_FIGURES.find((known) => known === column)
  const order = query.sort.by === column ? (query.sort.descending ? 'descending' : 'ascending') : undefined
  const Arrow = query.sort.descending ? IconArrowDown : IconArrowUp
  return (
    <span role="columnheader" aria-sort={order} data-text={TEXT_COLUMNS.has(column) || undefined}>
      {figure === undefined ? (
        t.names[column]
      ) : (
        <button type="button" title={t.sortBy(t.names[column])} onClick={() => void ask({ ...query, sort: sortedBy(query.sort, figure) })}>
          {order && <Arrow size={12} aria-hidden />}
          {t.names[column]}
        </button>
      )}
    </span>
  )
}

interface RowProps {
  readonly index: number
  readonly startPx: number
  readonly result: PairResult | undefined
  readonly columns: readonly ResultColumnName[]
}

const Row = memo(function Row({ index, startPx, result, columns }: RowProps) {
  const place = { transform: `translateY(${startPx}px)`, height: ROW_PX, gridTemplateColumns: templateOf(columns) }
  if (result === undefined) return <div role="row" aria-rowindex={index + 1} className={classes.row} style={place} data-loading />
  const { chain, wallet_address: wallet, token_address: token } = result
  const id = pairId({ chain: String(chain), wallet_address: String(wallet), token_address: String(token) })
  return (
    <div role="row" aria-rowindex={index + 1} className={classes.row} style={place} data-testid="result-row">
      {columns.map((column, i) => (
        <span key={column} role="cell" data-text={TEXT_COLUMNS.has(column) || undefined} data-tone={toneOf(column, result[column])} title={fullText(column, result[column])}>
          {i === 0 ? (
            <a href={linkToDetail('results', id)} aria-label={t.open(formatCell(column, result[column]))}>
              {formatCell(column, result[column])}
            </a>
          ) : (
            formatCell(column, result[column])
          )}
        </span>
      ))}
    </div>
  )
})

/** A gain, a loss or a level of trust is told by colour as well as by its sign or word. */
function toneOf(column: ResultColumnName, cell: PairResult[ResultColumnName]): string | undefined {
  if (column === 'confidence') return String(cell)
  return column.endsWith('pnl_usd') ? moneyTone(Number(cell)) : undefined
}

/** What a shortened cell stands for. */
function fullText(column: ResultColumnName, cell: PairResult[ResultColumnName]): string | undefined {
  return column.endsWith('address') || column.endsWith('_usd') || column === 'confidence_reason' ? String(cell ?? '') : undefined
}

function templateOf(columns: readonly ResultColumnName[]): string {
  return columns.map((column) => WIDTHS[column] ?? 'minmax(84px, 1fr)').join(' ')
}

function Nothing({ title, about }: { readonly title: string; readonly about: string }) {
  return (
    <div className={classes.nothing} role="status">
      <b>{title}</b>
      <p>{about}</p>
    </div>
  )
}

function Problem({ message }: { readonly message: string }) {
  const { askAgain } = useResultCommands()
  return (
    <div className={classes.nothing} role="alert">
      <b>{t.problem}</b>
      <p>{message}</p>
      <Button onClick={() => void askAgain()}>{t.again}</Button>
    </div>
  )
}
