import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react'
import type { PagedRows } from '../store/paged-rows'
import classes from './virtual-table.module.css'

const ROW_PX = 28
/** Chromium draws nothing beyond 2²⁵ px: more rows than this cannot be scrolled to. */
export const MOST_ROWS = Math.floor(2 ** 25 / ROW_PX) - 1
const OVERSCAN = 12

export interface VirtualColumn<T> {
  readonly key: string
  readonly head: ReactNode
  readonly about?: string
  /** As in `grid-template-columns`. */
  readonly width: string
  readonly isText?: boolean
  readonly isAddress?: boolean
  readonly cell: (row: T) => ReactNode
  readonly title?: (row: T) => string | undefined
}

interface VirtualTableProps<T> {
  readonly label: string
  readonly rows: PagedRows<T>
  readonly count: number
  readonly columns: readonly VirtualColumn<T>[]
  readonly testId: string
}

/** A table of any number of rows; only those on screen exist. */
export function VirtualTable<T>({ label, rows, count, columns, testId }: VirtualTableProps<T>) {
  const scrollRef = useRef<HTMLDivElement>(null)
  useSyncExternalStore(rows.subscribe, rows.version)
  const shown = Math.min(count, MOST_ROWS)
  // oxlint-disable-next-line react/incompatible-library -- the library says when to render again
  const virtual = useVirtualizer({ count: shown, getScrollElement: () => scrollRef.current, estimateSize: () => ROW_PX, overscan: OVERSCAN })
  const items = virtual.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => rows.need(first, last), [rows, first, last])
  // Another list is read from its top.
  useEffect(() => {
    // In braces: newer Chromium answers a promise, which React would take for the end of the effect.
    scrollRef.current?.scrollTo({ top: 0 })
  }, [rows])
  const template = useMemo(() => columns.map(({ width }) => width).join(' '), [columns])
  return (
    <div className={classes.scroll} ref={scrollRef} role="region" aria-label={label} tabIndex={0}>
      <div className={classes.table} role="table" aria-label={label} aria-rowcount={shown + 1}>
        <div role="rowgroup" className={classes.head}>
          <div role="row" className={classes.row} style={{ gridTemplateColumns: template }}>
            {columns.map(({ key, head, about, isText }) => (
              <span key={key} role="columnheader" title={about} data-text={isText || undefined}>
                {head}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <Row key={index} index={index} startPx={start} row={rows.at(index)} columns={columns} template={template} testId={testId} />
          ))}
        </div>
      </div>
    </div>
  )
}

interface RowProps<T> {
  readonly index: number
  readonly startPx: number
  readonly row: T | undefined
  readonly columns: readonly VirtualColumn<T>[]
  readonly template: string
  readonly testId: string
}

function PlainRow<T>({ index, startPx, row, columns, template, testId }: RowProps<T>) {
  const place = { transform: `translateY(${startPx}px)`, height: ROW_PX, gridTemplateColumns: template }
  if (row === undefined) return <div role="row" aria-rowindex={index + 2} className={classes.row} style={place} data-loading />
  return (
    <div role="row" aria-rowindex={index + 2} className={classes.row} style={place} data-testid={testId}>
      {columns.map(({ key, cell, title, isText, isAddress }) => (
        <span key={key} role="cell" title={title?.(row)} data-column={key} data-text={isText || undefined} data-address={isAddress || undefined}>
          {cell(row)}
        </span>
      ))}
    </div>
  )
}

// `memo` forgets that the component has a type parameter.
const Row = memo(PlainRow) as typeof PlainRow
