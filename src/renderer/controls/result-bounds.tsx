import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { CONFIDENCES, type ResultFigure, type ResultFilter } from '../../shared/results-query'
import { withBound } from '../store/results'
import { text } from '../text'
import classes from './result-filter-bar.module.css'

const t = text.results

/** The figures that people bound, with the unit that stands in the field. */
const BOUNDED = [
  { figure: 'win_rate', unit: '%' },
  { figure: 'total_trades', unit: '' },
  { figure: 'total_pnl_usd', unit: '$' },
  { figure: 'realized_pnl_usd', unit: '$' },
  { figure: 'invested_usd', unit: '$' },
  { figure: 'total_volume_usd', unit: '$' },
  { figure: 'average_hold_minutes', unit: 'min' },
  { figure: 'epoch', unit: '' },
] as const satisfies readonly { readonly figure: ResultFigure; readonly unit: string }[]

interface ResultBoundsProps {
  readonly filter: ResultFilter
  readonly onChange: (filter: ResultFilter) => void
}

/** A lower and an upper bound for each figure, the time, and the levels of confidence. */
export function ResultBounds({ filter, onChange }: ResultBoundsProps) {
  return (
    <div className={classes.bounds}>
      {BOUNDED.map(({ figure, unit }) => (
        <fieldset key={figure} className={classes.bound}>
          <legend>
            {t.names[figure]} {unit && <small>{unit}</small>}
          </legend>
          {(['min', 'max'] as const).map((end) => (
            <NumberInput
              key={end}
              aria-label={`${t.names[figure]} ${end === 'min' ? t.atLeast : t.atMost}`}
              placeholder={end === 'min' ? t.atLeast : t.atMost}
              hideControls
              value={filter.ranges?.[figure]?.[end] ?? ''}
              onChange={(value) => onChange(withBound(filter, figure, end, typeof value === 'number' ? value : undefined))}
            />
          ))}
        </fieldset>
      ))}
      <Times filter={filter} onChange={onChange} />
      <fieldset className={classes.levels}>
        <legend>{t.confidence}</legend>
        {CONFIDENCES.map((level) => {
          const levels = filter.confidence ?? CONFIDENCES
          return (
            <Checkbox
              key={level}
              size="xs"
              label={t.levels[level]}
              checked={levels.includes(level)}
              onChange={({ currentTarget: { checked } }) => onChange(withLevels(filter, CONFIDENCES.filter((known) => (known === level ? checked : levels.includes(known)))))}
            />
          )
        })}
      </fieldset>
    </div>
  )
}

function withLevels({ confidence: _before, ...rest }: ResultFilter, levels: NonNullable<ResultFilter['confidence']>): ResultFilter {
  return levels.length === CONFIDENCES.length ? rest : { ...rest, confidence: levels }
}

/** When it was analysed, in the person's own time. */
function Times({ filter, onChange }: ResultBoundsProps) {
  return (
    <fieldset className={classes.times}>
      <legend>{t.names.analyzed_at}</legend>
      {(['min', 'max'] as const).map((end) => (
        <TextInput
          key={end}
          type="datetime-local"
          aria-label={`${t.names.analyzed_at} ${end === 'min' ? t.from : t.until}`}
          value={localText(filter.ranges?.analyzed_at?.[end])}
          onChange={(event) => {
            const atMs = Date.parse(event.currentTarget.value)
            onChange(withBound(filter, 'analyzed_at', end, Number.isNaN(atMs) ? undefined : atMs))
          }}
        />
      ))}
    </fieldset>
  )
}

/** As the field wants it: `2026-01-02T14:03`, in local time. */
function localText(atMs: number | undefined): string {
  if (atMs === undefined) return ''
  const local = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
