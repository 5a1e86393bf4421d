import { Button, Modal } from '@mantine/core'
import { IconDownload, IconRotateClockwise, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { FailureChoice, FailureSelection } from '../../shared/failures'
import { formatCount } from '../format'
import { useCommands } from '../store/console-context'
import { useViewActions } from '../store/view-actions'
import { text } from '../text'
import classes from './failures.module.css'
import type { Failures } from './use-failures'

const t = text.failures
/** One command names no more than these. */
const MOST_IDS = 5000

/** For the pairs that are chosen; where none is, for all that match, on screen or not. */
export function FailureActions({ failures, found }: { readonly failures: Failures; readonly found: FailureSelection }) {
  const { startExport } = useCommands()
  const [isAsking, setIsAsking] = useState(false)
  const { chosen, filter, retry, discard } = failures
  const choice: FailureChoice = chosen.size > 0 ? { ids: [...chosen].slice(0, MOST_IDS) } : { selection: found.selection }
  const n = chosen.size > 0 ? Math.min(chosen.size, MOST_IDS) : found.matching
  const count = formatCount(n)
  const exportWords = t.export(formatCount(found.matching), found.matching)
  useViewActions(
    'failures',
    n === 0
      ? []
      : [
          { id: 'retry', label: t.retry(count, n), run: () => void retry(choice) },
          { id: 'discard', label: `${t.discard(count, n)} …`, run: () => setIsAsking(true) },
          { id: 'export', label: exportWords, run: () => void startExport({ kind: 'failed', filter }) },
        ],
  )
  return (
    <div className={classes.actions}>
      <Button leftSection={<IconRotateClockwise size={14} aria-hidden />} disabled={n === 0} onClick={() => void retry(choice)} data-testid="retry-failures">
        {t.retry(count, n)}
      </Button>
      <Button leftSection={<IconTrash size={14} aria-hidden />} disabled={n === 0} onClick={() => setIsAsking(true)} data-testid="discard-failures">
        {t.discard(count, n)}
      </Button>
      <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={found.matching === 0} onClick={() => void startExport({ kind: 'failed', filter })} data-testid="export-failures">
        {exportWords}
      </Button>
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title={t.sure} closeButtonProps={{ 'aria-label': t.sureNot(n) }}>
        <p>{t.sureAbout(count, n)}</p>
        <div className={classes.confirm}>
          <Button onClick={() => setIsAsking(false)} data-autofocus>
            {t.sureNot(n)}
          </Button>
          <Button
            data-danger
            onClick={() => {
              setIsAsking(false)
              void discard(choice)
            }}
          >
            {t.sureYes(count, n)}
          </Button>
        </div>
      </Modal>
    </div>
  )
}
