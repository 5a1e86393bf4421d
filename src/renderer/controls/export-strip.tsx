import { ActionIcon, Button, Progress } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { ExportProgress } from '../../shared/frames'
import { formatBytes, formatCount, formatShare, formatSpan } from '../format'
import { useCommands, useConsole, useConsoleStore, usePicture } from '../store/console-context'
import { timeLeftMs } from '../store/time-left'
import { text } from '../text'
import classes from './export-strip.module.css'

const t = text.exports

/** The exports that run, and those that ended and were not put away. A cancelled one leaves nothing to tell. */
export function ExportStrip() {
  const exports = useConsole(
    useShallow(({ picture, dismissedExports }) =>
      (picture?.exports ?? []).filter(({ id, state }) => state.kind !== 'cancelled' && !dismissedExports.includes(id)),
    ),
  )
  if (exports.length === 0) return null
  return (
    <ul className={classes.strip} aria-label={t.list}>
      {exports.map((progress) => (
        <li key={progress.id} data-testid="export-row" data-kind={progress.state.kind}>
          <ExportRow progress={progress} />
        </li>
      ))}
    </ul>
  )
}

function ExportRow({ progress }: { readonly progress: ExportProgress }) {
  const commands = useCommands()
  const { id, kind, file, rows, seen, totalRows, state } = progress
  switch (state.kind) {
    case 'writing': {
      const share = totalRows > 0 ? Math.min(1, seen / totalRows) : 0
      return (
        <>
          <p>
            <b>{t.writing[kind]}</b> <span className={classes.file}>{fileName(file)}</span>
          </p>
          <Progress.Root className={classes.progress ?? ''} size={6}>
            <Progress.Section value={share * 100} color="var(--accent)" aria-label={t.progress[kind]} />
          </Progress.Root>
          <p className={classes.numbers}>
            {totalRows > 0 ? <Written progress={progress} share={share} /> : t.counting}
          </p>
          <Button onClick={() => void commands.cancelExport(id)}>{t.cancel}</Button>
        </>
      )
    }
    case 'finished':
      return (
        <EndedRow id={id} icon={<IconCircleCheck size={17} className={classes.good} aria-hidden />}>
          <p role="status">
            <b>{t.finished[kind]}</b> <span className={classes.file}>{fileName(file)}</span>{' '}
            <span className={classes.numbers}>· {t.written(formatCount(rows), formatBytes(state.bytes))}</span>
          </p>
          <Button onClick={() => void commands.revealExport(id)}>{t.reveal}</Button>
        </EndedRow>
      )
    case 'failed':
      return (
        <EndedRow id={id} icon={<IconAlertTriangle size={17} className={classes.bad} aria-hidden />}>
          <p role="alert">
            <b>{t.failed[kind]}</b> {state.message}
          </p>
        </EndedRow>
      )
    case 'cancelled':
      return null
  }
}

/** Fewer rows than items were looked at where a filter leaves some out. */
function Written({ progress, share }: { readonly progress: ExportProgress; readonly share: number }) {
  const { rows, seen, totalRows, startedAtMs } = progress
  const leftMs = usePicture(({ atMs }) => timeLeftMs(share, atMs - startedAtMs))
  const [written, total] = [formatCount(rows), formatCount(totalRows)]
  const words = rows === seen ? t.rowsOf(written, total, formatShare(share)) : t.rowsFrom(written, formatCount(seen), total, formatShare(share))
  return leftMs === null ? words : `${words} · ${t.timeLeft(formatSpan(leftMs))}`
}

interface EndedRowProps {
  readonly id: string
  readonly icon: ReactNode
  readonly children: ReactNode
}

function EndedRow({ id, icon, children }: EndedRowProps) {
  const store = useConsoleStore()
  const dismiss = () => store.setState(({ dismissedExports }) => ({ dismissedExports: [...dismissedExports, id] }))
  return (
    <>
      {icon}
      {children}
      <ActionIcon className={classes.dismiss ?? ''} aria-label={t.dismiss} onClick={dismiss}>
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </>
  )
}

function fileName(file: string): string {
  return file.split(/[\\/]/).at(-1) ?? file
}
