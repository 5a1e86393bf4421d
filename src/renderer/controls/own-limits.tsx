import { ActionIcon, Button, NumberInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { MOST_OWN_LIMITS, OWN_LIMIT_BOUNDS } from '../../shared/quota-choice'
import { text } from '../text'
import controls from './controls.module.css'
import classes from './quota-choice.module.css'

const t = text.quota.form

interface Limit {
  readonly requests: number
  readonly windowSeconds: number
}

interface OwnLimitsProps {
  /** What the form begins with. */
  readonly inForce: readonly Limit[]
  readonly onApply: (limits: readonly Limit[]) => void
  readonly onCancel: () => void
}

/** One limit to three, each so many requests in so many seconds. */
export function OwnLimits({ inForce, onApply, onCancel }: OwnLimitsProps) {
  const [limits, setLimits] = useState<readonly Limit[]>(() => startOf(inForce))
  const change = (at: number, part: Partial<Limit>) => setLimits(limits.map((limit, i) => (i === at ? { ...limit, ...part } : limit)))
  return (
    <form
      className={controls.confirm}
      onSubmit={(event) => {
        event.preventDefault()
        onApply(limits)
      }}
    >
      <p>{t.title}</p>
      {limits.map((limit, i) => (
        <div key={i} className={classes.limit}>
          <Field label={t.requests(i + 1)} bounds={OWN_LIMIT_BOUNDS.requests} value={limit.requests} onChange={(requests) => change(i, { requests })} />
          <span>{t.per}</span>
          <Field label={t.seconds(i + 1)} bounds={OWN_LIMIT_BOUNDS.windowSeconds} value={limit.windowSeconds} onChange={(windowSeconds) => change(i, { windowSeconds })} />
          <span>{t.secondsUnit}</span>
          <ActionIcon aria-label={t.remove(i + 1)} disabled={limits.length === 1} onClick={() => setLimits(limits.filter((_, at) => at !== i))}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div className={controls.confirmButtons}>
        <Button disabled={limits.length === MOST_OWN_LIMITS} onClick={() => setLimits([...limits, { requests: 1000, windowSeconds: 60 }])}>
          {t.more}
        </Button>
        <Button onClick={onCancel}>{t.cancel}</Button>
        <Button type="submit" variant="filled">
          {t.apply}
        </Button>
      </div>
    </form>
  )
}

/** Limits of the settings may be finer than what can be said here. */
function startOf(inForce: readonly Limit[]): readonly Limit[] {
  const whole = inForce.slice(0, MOST_OWN_LIMITS).map(({ requests, windowSeconds }) => ({
    requests: Math.max(1, Math.floor(requests)),
    windowSeconds: Math.max(1, Math.ceil(windowSeconds)),
  }))
  return whole.length === 0 ? [{ requests: 15, windowSeconds: 1 }] : whole
}

interface FieldProps {
  readonly label: string
  readonly bounds: { readonly min: number; readonly max: number }
  readonly value: number
  readonly onChange: (value: number) => void
}

function Field({ label, bounds, value, onChange }: FieldProps) {
  return (
    <NumberInput
      aria-label={label}
      min={bounds.min}
      max={bounds.max}
      clampBehavior="blur"
      allowDecimal={false}
      allowNegative={false}
      hideControls
      value={value}
      onChange={(typed) => onChange(typeof typed === 'number' ? Math.min(Math.max(typed, bounds.min), bounds.max) : bounds.min)}
    />
  )
}
