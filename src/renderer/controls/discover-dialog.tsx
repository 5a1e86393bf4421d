import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { CHAINS, DEFAULT_CHAIN } from '../../shared/chains'
import { DISCOVERY_BOUNDS, type DiscoveryPlan, type DiscoveryPreview } from '../../shared/discovery'
import { formatCount, formatSpan, formatStatedRate, UNKNOWN } from '../format'
import { useCommands, useConsole, usePicture } from '../store/console-context'
import { isWithinBounds, planOf, type PlanFields, type PlanPart } from '../store/discovery'
import { text } from '../text'
import classes from './discover.module.css'
import { DiscoveryNews } from './discovery-news'

const t = text.discover

/** What to look for, what that costs, and how it goes. */
export function DiscoverDialog({ onClose }: { readonly onClose: () => void }) {
  const commands = useCommands()
  const isRunning = usePicture(({ discovery }) => discovery?.state.kind === 'running')
  const refusal = useConsole((state) => state.refusal)
  const [fields, setFields] = useFields()
  const plan = planOf(fields)
  // What is done is left by the button that stands out, and not begun once more by it.
  const isOver = usePicture(({ discovery }) => discovery?.state.kind === 'finished')
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault()
        if (plan && !isRunning) void commands.startDiscovery(plan)
      }}
    >
      <p className={classes.about}>{t.how}</p>
      <Fields fields={fields} isDisabled={isRunning} onChange={setFields} />
      <Cost plan={plan} />
      <DiscoveryNews />
      {refusal && (
        <p className={classes.refusal} role="alert">
          {refusal}
        </p>
      )}
      <div className={classes.buttons}>
        {isRunning && <p className={classes.aside}>{t.goesOn}</p>}
        <Button {...(isOver && { variant: 'filled' })} onClick={onClose}>
          {t.close}
        </Button>
        {isRunning ? (
          <Button onClick={() => void commands.cancelDiscovery()} data-testid="discover-cancel">
            {t.cancel}
          </Button>
        ) : (
          <Button type="submit" {...(!isOver && { variant: 'filled' })} disabled={plan === null} data-testid="discover-start">
            {isOver ? t.again : t.start}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Begins with what was asked for the last time. */
function useFields() {
  const last = usePicture(({ discovery }) => discovery?.plan ?? null)
  return useState<PlanFields>(
    last ?? { chain: DEFAULT_CHAIN, tokens: DISCOVERY_BOUNDS.tokens.usual, traders: DISCOVERY_BOUNDS.traders.usual },
  )
}

interface FieldsProps {
  readonly fields: PlanFields
  readonly isDisabled: boolean
  readonly onChange: (fields: PlanFields) => void
}

function Fields({ fields, isDisabled, onChange }: FieldsProps) {
  const isDemo = usePicture(({ connections }) => connections.demo)
  const part = (name: PlanPart, label: string) => (
    <NumberInput
      label={label}
      value={fields[name]}
      onChange={(value) => onChange({ ...fields, [name]: value })}
      min={DISCOVERY_BOUNDS[name].min}
      max={DISCOVERY_BOUNDS[name].max}
      step={10}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      error={isWithinBounds(name, fields[name]) ? null : t.allowed(DISCOVERY_BOUNDS[name].min, formatCount(DISCOVERY_BOUNDS[name].max))}
      disabled={isDisabled}
      data-autofocus={name === 'tokens' || undefined}
      data-testid={`discover-${name}`}
    />
  )
  return (
    <div className={classes.fields}>
      {part('tokens', t.tokens)}
      {part('traders', t.traders)}
      {/* The demo has one market only. */}
      {!isDemo && (
        <NativeSelect
          label={t.chain}
          data={CHAINS}
          value={fields.chain}
          onChange={(event) => onChange({ ...fields, chain: event.currentTarget.value })}
          disabled={isDisabled}
        />
      )}
    </div>
  )
}

/** What the plan costs at most; a dash where that cannot be said. */
function Cost({ plan }: { readonly plan: DiscoveryPlan | null }) {
  const preview = usePreview(plan)
  const quotaPerSecond = usePicture(({ gauges }) => gauges.quotaPerSecond)
  const seconds = preview?.seconds ?? null
  const figures = [
    [t.requests, preview ? t.atMost(formatCount(preview.requests)) : UNKNOWN],
    [t.computeUnits, preview ? t.atMost(formatCount(preview.computeUnits)) : UNKNOWN],
    [t.pairs, preview ? t.atMost(formatCount(preview.pairs)) : UNKNOWN],
    [
      quotaPerSecond === null ? t.timeUnknown : t.timeAt(formatStatedRate(quotaPerSecond)),
      seconds === null ? UNKNOWN : t.atLeast(formatSpan(Math.max(1, Math.ceil(seconds)) * 1000)),
    ],
  ] as const
  return (
    <dl className={classes.cost} data-testid="discover-preview">
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Main's word on what the plan costs; null until it comes. */
function usePreview(plan: DiscoveryPlan | null): DiscoveryPreview | null {
  const commands = useCommands()
  const [preview, setPreview] = useState<DiscoveryPreview | null>(null)
  const { chain, tokens, traders } = plan ?? { chain: null, tokens: 0, traders: 0 }
  useEffect(() => {
    if (chain === null) return
    let isStale = false
    void commands.previewDiscovery({ chain, tokens, traders }).then((answer) => {
      if (!isStale) setPreview(answer)
    })
    return () => {
      isStale = true
    }
  }, [commands, chain, tokens, traders])
  return plan && preview
}
