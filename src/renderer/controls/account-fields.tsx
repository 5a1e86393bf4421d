import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Verdict } from '../../shared/connections'
import { PLAN_NAMES, type PlanName } from '../../shared/plans'
import type { AccountRow } from '../store/connection-form'
import { useConnections } from '../store/console-context'
import { text } from '../text'
import classes from './connections.module.css'
import { VerdictLine } from './verdict-line'

const t = text.connections.api
const LEARNED = 'learned'
const PLANS = [LEARNED, ...PLAN_NAMES].map((value) => ({ value, label: t.plans[value as keyof typeof t.plans] })) // each has its words

interface AccountFieldsProps {
  readonly account: AccountRow
  readonly number: number
  readonly apiBaseUrl: string
  readonly isFixed: boolean
  readonly onChange: (change: Partial<AccountRow>) => void
  /** Null where there is nothing to remove it from. */
  readonly onRemove: (() => void) | null
}

/** One account: its key, which is shown masked and tested by a request, its plan and its name. */
export function AccountFields({ account, number, apiBaseUrl, isFixed, onChange, onRemove }: AccountFieldsProps) {
  return (
    <fieldset className={classes.account} disabled={isFixed} aria-label={t.account(number)}>
      <TextInput
        className={classes.key ?? ''}
        label={t.key}
        placeholder={keyPlaceholder(account)}
        value={account.key ?? ''}
        onChange={(event) => onChange({ key: event.currentTarget.value })}
        type="password"
        autoComplete="off"
        spellCheck={false}
        data-testid={`account-${number}-key`}
      />
      <NativeSelect
        label={t.plan}
        data={PLANS}
        value={account.plan ?? LEARNED}
        onChange={(event) => onChange({ plan: planOf(event.currentTarget.value) })}
        data-testid={`account-${number}-plan`}
      />
      <TextInput
        label={t.name}
        placeholder={t.namePlaceholder(number)}
        value={account.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        data-testid={`account-${number}-name`}
      />
      {onRemove && (
        <ActionIcon className={classes.remove ?? ''} size={30} aria-label={t.remove(number)} onClick={onRemove}>
          <IconTrash size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      )}
      {!isFixed && <KeyTest account={account} number={number} apiBaseUrl={apiBaseUrl} />}
    </fieldset>
  )
}

function KeyTest({ account, number, apiBaseUrl }: Pick<AccountFieldsProps, 'account' | 'number' | 'apiBaseUrl'>) {
  const connections = useConnections()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [isTesting, setIsTesting] = useState(false)
  const test = async () => {
    setIsTesting(true)
    setVerdict(null)
    const key = account.id === null ? (account.key ?? '') : account.key
    setVerdict(await connections.testKey({ id: account.id, key, apiBaseUrl }))
    setIsTesting(false)
  }
  return (
    <div className={classes.test}>
      <Button onClick={() => void test()} disabled={isTesting} aria-label={t.testOf(number)} data-testid={`test-key-${number}`}>
        {isTesting ? t.testing : t.test}
      </Button>
      <VerdictLine verdict={verdict} testId={`key-verdict-${number}`} />
    </div>
  )
}

function keyPlaceholder({ id, keptKeys: [first, ...more] }: AccountRow): string {
  if (id === null) return t.keyNew
  if (first === undefined) return t.keyMissing
  return more.length === 0 ? t.keyKept(first) : t.keysKept(more.length + 1)
}

function planOf(value: string): PlanName | null {
  return PLAN_NAMES.find((plan) => plan === value) ?? null
}
