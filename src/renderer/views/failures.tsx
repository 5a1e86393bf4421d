import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { FailureFilterBar } from '../controls/failure-filter-bar'
import { formatCount } from '../format'
import { text } from '../text'
import { FailureActions } from './failure-actions'
import { FailureGroups } from './failure-groups'
import { FailureTable } from './failure-table'
import classes from './failures.module.css'
import { Panel } from './panel'
import { useFailures, type Failures as FailuresState } from './use-failures'

const t = text.failures

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
        <FailureFilterBar filter={failures.filter} found={found} onChange={failures.ask} />
        <FailureGroups failures={failures} found={found} />
      </Panel>
      <Panel title={t.pairs} aside={<FailureActions failures={failures} found={found} />}>
        {found.matching === 0 ? <Plain title={t.nothing} about={t.nothingAbout} /> : <FailureTable failures={failures} found={found} />}
      </Panel>
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
