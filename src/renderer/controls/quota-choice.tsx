import { NativeSelect, Popover } from '@mantine/core'
import { memo, useState } from 'react'
import type { QuotaReport } from '../../shared/frames'
import { PLAN_NAMES, PLANS } from '../../shared/plans'
import type { QuotaChoice } from '../../shared/quota-choice'
import { useCommands, useConsole } from '../store/console-context'
import { text } from '../text'
import { OwnLimits } from './own-limits'
import classes from './quota-choice.module.css'

const t = text.quota
const PLAN_OPTIONS = PLAN_NAMES.map((plan) => ({ value: plan, label: t.plan(plan, PLANS[plan]) }))
/** What the select shows while limits of one's own are in force; to choose others, there is `own`. */
const IN_FORCE = 'in-force'

type Told = QuotaReport['told']
/** What of an account there is to choose; the rest of its report changes with every frame. */
type Choosable = Pick<QuotaReport, 'number' | 'account' | 'told'>

/** Whether an account's quota is told or learned, and the control that says otherwise while the engines work. */
export const QuotaChoiceField = memo(function QuotaChoiceField({ number, account, told }: Choosable) {
  const commands = useCommands()
  const isPending = useConsole(({ pendingQuotas }) => pendingQuotas.includes(number))
  const [isOpen, setIsOpen] = useState(false)
  const choose = (choice: QuotaChoice) => void commands.chooseQuota(number, choice)
  const pick = (value: string) => {
    if (value === 'own') return setIsOpen(true)
    const choice = choiceOf(value)
    if (choice) choose(choice)
  }
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={340} trapFocus returnFocus withRoles={false}>
      <Popover.Target>
        <label className={classes.choice} title={t.about}>
          <span>{t.label}</span>
          <NativeSelect
            aria-label={t.title(account)}
            data={optionsOf(told)}
            value={valueOf(told)}
            onChange={(event) => pick(event.currentTarget.value)}
            data-testid={`quota-${number}`}
          />
          {isPending && <span role="status">{t.asked}</span>}
        </label>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t.form.title}>
        <OwnLimits
          inForce={told.limits}
          onCancel={() => setIsOpen(false)}
          onApply={(limits) => {
            setIsOpen(false)
            choose({ kind: 'limits', limits: [...limits] })
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
})

function valueOf({ by, plan, limits }: Told): string {
  if (by === 'settings') return 'settings'
  return plan ?? (limits.length === 0 ? 'learn' : IN_FORCE)
}

function choiceOf(value: string): QuotaChoice | null {
  if (value === 'settings' || value === 'learn') return { kind: value }
  const plan = PLAN_NAMES.find((name) => name === value)
  return plan ? { kind: 'plan', plan } : null
}

function optionsOf(told: Told) {
  return [
    { value: 'settings', label: told.by === 'settings' ? t.settingsSay(wordsOf(told)) : t.settings },
    { value: 'learn', label: t.learn },
    ...PLAN_OPTIONS,
    ...(valueOf(told) === IN_FORCE ? [{ value: IN_FORCE, label: t.ownInForce(told.limits) }] : []),
    { value: 'own', label: t.own },
  ]
}

function wordsOf({ plan, limits }: Told): string {
  if (limits.length === 0) return t.learn
  return plan === null ? t.ownInForce(limits) : t.plan(plan, limits)
}
