import { Button, Checkbox, Menu, Popover } from '@mantine/core'
import { IconColumns3, IconDownload, IconFilter } from '@tabler/icons-react'
import { RESULT_COLUMNS } from '../../shared/result'
import type { ResultFilter } from '../../shared/results-query'
import { formatCount } from '../format'
import { useCommands, useConsole, usePicture, useResultCommands } from '../store/console-context'
import { conditionCount, DEFAULT_COLUMNS, withText } from '../store/results'
import { useViewActions } from '../store/view-actions'
import { text } from '../text'
import { ResultBounds } from './result-bounds'
import { SearchField } from './search-field'
import classes from './result-filter-bar.module.css'

const t = text.results

/** Search, bounds, columns. */
export function ResultSearch() {
  const { ask } = useResultCommands()
  const query = useConsole(({ results }) => results.query)
  const setFilter = (filter: ResultFilter) => void ask({ ...query, filter })
  const count = conditionCount(query.filter)
  const isFiltered = count > 0 || query.filter.wallet !== undefined || query.filter.token !== undefined
  useViewActions('result-filter', isFiltered ? [{ id: 'clear', label: t.clearAll, run: () => setFilter({}) }] : [])
  return (
    <div className={classes.bar}>
      <SearchField className={classes.search} label={t.wallet} hint={t.walletHint} value={query.filter.wallet ?? ''} onChange={(value) => setFilter(withText(query.filter, 'wallet', value))} />
      <SearchField className={classes.search} label={t.token} hint={t.tokenHint} value={query.filter.token ?? ''} onChange={(value) => setFilter(withText(query.filter, 'token', value))} />
      <Popover position="bottom-start" trapFocus>
        <Popover.Target>
          <Button leftSection={<IconFilter size={14} aria-hidden />} data-testid="result-filters">
            {count > 0 ? t.filtersCount(count) : t.filters}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <ResultBounds filter={query.filter} onChange={setFilter} />
        </Popover.Dropdown>
      </Popover>
      {isFiltered && (
        <Button variant="subtle" onClick={() => setFilter({})}>
          {t.clearAll}
        </Button>
      )}
      <ColumnMenu />
    </div>
  )
}

function ColumnMenu() {
  const { showColumns } = useResultCommands()
  const columns = useConsole(({ results }) => results.columns)
  const all = RESULT_COLUMNS.map(({ name }) => name)
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button className={classes.end ?? ''} leftSection={<IconColumns3 size={14} aria-hidden />} data-testid="result-columns">
          {t.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.columns}>
          {RESULT_COLUMNS.map(({ name, about }) => (
            <Checkbox
              key={name}
              size="xs"
              label={t.names[name]}
              title={about}
              checked={columns.includes(name)}
              disabled={columns.length === 1 && columns.includes(name)}
              onChange={({ currentTarget: { checked } }) => showColumns(all.filter((column) => (column === name ? checked : columns.includes(column))))}
            />
          ))}
        </div>
        <Button variant="subtle" onClick={() => showColumns(DEFAULT_COLUMNS)}>
          {t.defaultColumns}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

/** How many there are, what is new, and the export of the selection. */
export function ResultActions() {
  const { askAgain } = useResultCommands()
  const found = useConsole(({ results }) => results.found)
  const fresh = usePicture(({ ledger }) => Math.max(0, (ledger?.done ?? 0) - (found?.total ?? 0)))
  if (found === null) return <p className={classes.count}>{t.loading}</p>
  return (
    <div className={classes.actions}>
      <p className={classes.count} role="status" data-testid="result-count">
        {t.shown(formatCount(found.matching), formatCount(found.total), found.matching === found.total, found.total)}
      </p>
      {fresh > 0 && (
        <Button variant="subtle" onClick={() => void askAgain()} data-testid="result-fresh">
          {t.fresh(formatCount(fresh))} · {t.showFresh}
        </Button>
      )}
      <ExportSelection matching={found.matching} />
    </div>
  )
}

function ExportSelection({ matching }: { readonly matching: number }) {
  const { startExport } = useCommands()
  const filter = useConsole(({ results }) => results.foundBy?.filter ?? results.query.filter)
  const columns = useConsole(({ results }) => results.columns)
  useViewActions(
    'result-export',
    matching === 0
      ? []
      : [
          { id: 'matching', label: t.exportThese(formatCount(matching), matching), run: () => void startExport({ kind: 'results', filter }) },
          { id: 'shown', label: t.exportShown(columns.length), run: () => void startExport({ kind: 'results', filter, columns: [...columns] }) },
        ],
  )
  return (
    <Menu width={250}>
      <Menu.Target>
        <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={matching === 0} data-testid="export-selection">
          {t.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void startExport({ kind: 'results', filter })} data-testid="export-matching">
          {t.exportThese(formatCount(matching), matching)}
        </Menu.Item>
        <Menu.Item onClick={() => void startExport({ kind: 'results', filter, columns: [...columns] })} data-testid="export-shown-columns">
          {t.exportShown(columns.length)}
        </Menu.Item>
        <Menu.Item onClick={() => void startExport({ kind: 'results' })}>{t.exportAll}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
