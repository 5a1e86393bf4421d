import { ActionIcon, Button, Checkbox, Menu, Popover, TextInput } from '@mantine/core'
import { IconColumns3, IconDownload, IconFilter, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { RESULT_COLUMNS } from '../../shared/result'
import type { ResultFilter } from '../../shared/results-query'
import { formatCount } from '../format'
import { useCommands, useConsole, usePicture, useResultCommands } from '../store/console-context'
import { conditionCount, DEFAULT_COLUMNS, withText } from '../store/results'
import { text } from '../text'
import { ResultBounds } from './result-bounds'
import classes from './result-filter-bar.module.css'

const t = text.results
/** A person's pause while typing: asking at every letter would only show what they do not mean yet. */
const TYPING_MS = 150

/** Search, bounds, columns. */
export function ResultSearch() {
  const { ask } = useResultCommands()
  const query = useConsole(({ results }) => results.query)
  const setFilter = (filter: ResultFilter) => void ask({ ...query, filter })
  const count = conditionCount(query.filter)
  const isFiltered = count > 0 || query.filter.wallet !== undefined || query.filter.token !== undefined
  return (
    <div className={classes.bar}>
      <SearchField label={t.wallet} hint={t.walletHint} value={query.filter.wallet ?? ''} onChange={(value) => setFilter(withText(query.filter, 'wallet', value))} />
      <SearchField label={t.token} hint={t.tokenHint} value={query.filter.token ?? ''} onChange={(value) => setFilter(withText(query.filter, 'token', value))} />
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

interface SearchFieldProps {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function SearchField({ label, hint, value, onChange }: SearchFieldProps) {
  const [typed, setTyped] = useState(value)
  // Taken over when it changes from elsewhere: the filters are cleared.
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onChange(typed), TYPING_MS)
    return () => clearTimeout(timer)
  })
  return (
    <TextInput
      aria-label={label}
      placeholder={hint}
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.currentTarget.value)}
      leftSection={<IconSearch size={13} aria-hidden />}
      rightSection={
        typed !== '' && (
          <ActionIcon size={22} aria-label={t.clear} onClick={() => setTyped('')}>
            <IconX size={13} aria-hidden />
          </ActionIcon>
        )
      }
      className={classes.search ?? ''}
    />
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
