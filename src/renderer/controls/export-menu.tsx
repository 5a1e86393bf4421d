import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { EXPORT_KINDS, type ExportKind } from '../../shared/frames'
import { formatCount } from '../format'
import { useCommands, usePicture } from '../store/console-context'
import type { Picture } from '../store/picture'
import { nextStepOf } from '../store/run-controls'
import { text } from '../text'
import classes from './controls.module.css'
import { Key } from './key'
import { useShortcut } from './shortcuts'

/** Which rows to write; the file is chosen in the system's own dialog. */
export function ExportMenu() {
  const commands = useCommands()
  const isNext = usePicture((picture) => nextStepOf(picture.state, picture.ledger) === 'export')
  const [isOpen, setIsOpen] = useState(false)
  useShortcut('export', () => setIsOpen((open) => !open))
  return (
    <Menu opened={isOpen} onChange={setIsOpen} width={272} returnFocus>
      <Menu.Target>
        <Button
          variant={isNext ? 'filled' : 'default'}
          leftSection={<IconDownload size={15} stroke={2.2} aria-hidden />}
          rightSection={<Key>E</Key>}
          data-testid="export"
        >
          {text.exports.button}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {EXPORT_KINDS.map((kind) => (
          <ExportItem key={kind} kind={kind} onClick={() => void commands.startExport({ kind })} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function ExportItem({ kind, onClick }: { readonly kind: ExportKind; readonly onClick: () => void }) {
  const rows = usePicture((picture) => rowsOf(picture, kind))
  return (
    <Menu.Item
      onClick={onClick}
      disabled={rows === 0}
      rightSection={rows === null ? null : <span className={classes.rows}>{formatCount(rows)}</span>}
      data-autofocus={kind === EXPORT_KINDS[0] || undefined}
      data-testid={`export-${kind}`}
    >
      {text.exports.kinds[kind]}
      <small className={classes.itemAbout}>{rows === 0 ? text.exports.nothingYet[kind] : text.exports.about[kind]}</small>
    </Menu.Item>
  )
}

/** How many rows there are to write; null where the window cannot know (it holds the newest batches only). */
function rowsOf({ ledger, batches, epochs }: Picture, kind: ExportKind): number | null {
  // The window sees an epoch while it lasts; only those that have ended are written.
  if (kind === 'epochs') return epochs.some(({ endedAtMs }) => endedAtMs !== null) ? null : 0
  if (kind === 'batches') return batches.length === 0 ? 0 : null
  if (ledger === null) return null
  if (kind === 'attempts') return ledger.ready + ledger.delayed + ledger.inFlight + ledger.failed
  return kind === 'results' ? ledger.done : ledger.failed
}
