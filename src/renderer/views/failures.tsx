import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { FAILURE_REASONS, type FailureKind } from '../../shared/failures'
import { formatCount } from '../format'
import { text } from '../text'
import { FailureActions } from './failure-actions'
import { FailureGroups } from './failure-groups'
import { FailureTable } from './failure-table'
import classes from './failures.module.css'
import { Panel } from './panel'
import { useFailures, type Failures as FailuresState } from './use-failures'

const t = text.failures
const REASONS = (['all', ...FAILURE_REASONS] as const).map((value) => ({ value, label: t.reasons[value] }))

/** Pairs that were given up: grouped by what went wrong, to be retried, discarded or exported. */
export function Failures() {
  const failures = useFailures()
  const { found, problem } = failures
  if (problem !== null) return <Plain title={t.problem} about={problem} again={failures.look} />
  if (found === null) return null
  if (found.total === 0) return <Plain title={t.empty} about={t.emptyAbout} />
  return (
    <div className={classes.view}>
      <News failures={failures} />
      <Panel title={t.groups} aside={<p className={classes.sum}>{t.groupsAbout(formatCount(found.groupCount), found.groupCount, formatCount(found.total))}</p>}>
        <Filters failures={failures} />
        <FailureGroups failures={failures} found={found} />
      </Panel>
      <Panel title={t.pairs} aside={<FailureActions failures={failures} found={found} />}>
        {found.matching === 0 ? <Plain title={t.nothing} about={t.nothingAbout} /> : <FailureTable failures={failures} found={found} />}
      </Panel>
    </div>
  )
}

function Filters({ failures: { filter, ask } }: { readonly failures: FailuresState }) {
  const { text: wanted = '', reason, ...rest } = filter
  const withReason = (value: FailureKind | undefined) => (value === undefined ? {} : { reason: value })
  const search = (value: string) => ask({ ...(value === '' ? {} : { text: value }), ...withReason(reason) })
  return (
    <div className={classes.filters}>
      <TextInput
        aria-label={t.search}
        placeholder={t.search}
        className={classes.search ?? ''}
        value={wanted}
        maxLength={200}
        onChange={(event) => search(event.currentTarget.value)}
        leftSection={<IconSearch size={13} aria-hidden />}
        rightSection={
          wanted !== '' && (
            <ActionIcon size={22} aria-label={t.clear} onClick={() => search('')}>
              <IconX size={13} aria-hidden />
            </ActionIcon>
          )
        }
      />
      <NativeSelect
        aria-label={t.reason}
        data={REASONS}
        value={reason ?? 'all'}
        onChange={(event) => {
          const value = FAILURE_REASONS.find((known) => known === event.currentTarget.value)
          ask({ ...(wanted === '' ? {} : { text: wanted }), ...withReason(value) })
        }}
      />
      {rest.group !== undefined && (
        <Button variant="subtle" leftSection={<IconX size={13} aria-hidden />} onClick={() => ask({ ...(wanted === '' ? {} : { text: wanted }), ...withReason(reason) })}>
          {t.allGroups}
        </Button>
      )}
    </div>
  )
}

/** What the last command did, and that there are other failures by now. */
function News({ failures: { said, isStale, look, dismiss } }: { readonly failures: FailuresState }) {
  if (said === null && !isStale) return null
  return (
    <div className={classes.news} role="status" data-tone={said?.tone}>
      <span>{said?.words ?? t.fresh}</span>
      {said === null ? (
        <Button variant="subtle" onClick={look}>
          {t.refresh}
        </Button>
      ) : (
        <ActionIcon aria-label={t.dismiss} onClick={dismiss}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </div>
  )
}

function Plain({ title, about, again }: { readonly title: string; readonly about: string; readonly again?: () => void }) {
  return (
    <div className={classes.plain} role="status">
      <b>{title}</b>
      <p>{about}</p>
      {again && <Button onClick={again}>{t.again}</Button>}
    </div>
  )
}
