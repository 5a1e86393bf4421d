import { IconCircleCheck, IconAlertTriangle } from '@tabler/icons-react'
import type { Verdict } from '../../shared/connections'
import classes from './connections.module.css'

/** How a test or an attempt ended: read aloud when it comes, and told by shape as well as colour. */
export function VerdictLine({ verdict, testId }: { readonly verdict: Verdict | null; readonly testId: string }) {
  const Icon = verdict?.ok ? IconCircleCheck : IconAlertTriangle
  return (
    <div role="status" className={classes.verdict} data-testid={testId} data-tone={verdict === null ? undefined : verdict.ok ? 'good' : 'bad'}>
      {verdict && (
        <>
          <Icon size={15} aria-hidden />
          <span>{verdict.words}</span>
        </>
      )}
    </div>
  )
}
