import { Button, NativeSelect, NumberInput, Popover, SegmentedControl } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { FAILURE_NATURES, FAILURE_REASONS, type FailureFilter, type FailureNature, type FailureSelection } from '../../shared/failures'
import { formatCount } from '../format'
import { failureCountBounds, withFailurePart, type FailureCountBound } from '../store/failure-filter'
import { text } from '../text'
import classes from './failure-filter-bar.module.css'
import { SearchField } from './search-field'

const t = text.failures
const REASONS = (['all', ...FAILURE_REASONS] as const).map((value) => ({ value, label: t.reasons[value] }))

interface FailureFilterBarProps {
  readonly filter: FailureFilter
  readonly found: FailureSelection
  readonly onChange: (filter: FailureFilter) => void
}

/** Search, poison or bad luck, reason, and what the pairs went through. */
export function FailureFilterBar({ filter, found, onChange }: FailureFilterBarProps) {
  const natures = [
    { value: 'all', label: t.natures.all },
    ...FAILURE_NATURES.map((value) => ({ value, label: <span title={t.naturesAbout[value]}>{t.natureCount(t.natures[value], formatCount(found.byNature[value]))}</span> })),
  ]
  return (
    <div className={classes.bar}>
      <SearchField className={classes.search} label={t.search} hint={t.search} value={filter.text ?? ''} onChange={(value) => onChange(withFailurePart(filter, 'text', value === '' ? undefined : value))} />
      <SegmentedControl
        aria-label={t.nature}
        data={natures}
        value={filter.nature ?? 'all'}
        onChange={(value) => onChange(withFailurePart(filter, 'nature', FAILURE_NATURES.find((known): known is FailureNature => known === value)))}
        withItemsBorders={false}
      />
      <NativeSelect
        aria-label={t.reason}
        data={REASONS}
        value={filter.reason ?? 'all'}
        onChange={({ currentTarget }) => onChange(withFailurePart(filter, 'reason', FAILURE_REASONS.find((known) => known === currentTarget.value)))}
      />
      <Bounds filter={filter} onChange={onChange} />
      {filter.group !== undefined && (
        <Button variant="subtle" leftSection={<IconX size={13} aria-hidden />} onClick={() => onChange(withFailurePart(filter, 'group', undefined))}>
          {t.allGroups}
        </Button>
      )}
    </div>
  )
}

function Bounds({ filter, onChange }: Pick<FailureFilterBarProps, 'filter' | 'onChange'>) {
  const bounds = failureCountBounds.filter((bound) => filter[bound] !== undefined)
  const set = (bound: FailureCountBound, value: number | string) => {
    const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 1
    if (isCount || value === '') onChange(withFailurePart(filter, bound, isCount ? value : undefined))
  }
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button leftSection={<IconFilter size={14} aria-hidden />} data-testid="failure-bounds">
          {bounds.length === 0 ? t.bounds : t.boundsCount(bounds.length)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.boundsTitle}>
        <div className={classes.bounds}>
          {failureCountBounds.map((bound) => (
            <NumberInput
              key={bound}
              label={t.boundNames[bound]}
              value={filter[bound] ?? ''}
              onChange={(value) => set(bound, value)}
              min={1}
              max={1_000_000}
              allowDecimal={false}
              allowNegative={false}
              placeholder={t.boundAny}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
