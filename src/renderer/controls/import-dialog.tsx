import { Button, Modal, Progress } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { isImportUnderWay, type ImportProgress } from '../../shared/pair-import'
import { formatBytes, formatCount, formatShare, formatSpan } from '../format'
import { useConsole, useImportCommands, usePicture } from '../store/console-context'
import { importShareOf, isImportShown } from '../store/pair-import'
import { timeLeftMs } from '../store/time-left'
import { text } from '../text'
import { ImportFigures } from './import-figures'
import classes from './pair-import.module.css'

const t = text.pairImport

/** The import of a file: what is in it, before anything is queued; then how it goes, and what became of it. */
export function ImportDialog() {
  const isShown = useConsole(isImportShown)
  const problem = useConsole(({ importView }) => importView.problem)
  const progress = usePicture(({ pairImport }) => pairImport)
  const { dismiss, hide, show } = useImportCommands()
  const close = () => {
    if (progress === null) return show()
    // At once, and not with the next frame.
    hide(progress.id)
    if (!isImportUnderWay(progress.state)) void dismiss(progress.id)
  }
  return (
    <Modal opened={isShown} onClose={close} title={t.title} size={720} closeButtonProps={{ 'aria-label': t.close }}>
      <div className={classes.dialog} data-testid="import-dialog" data-kind={progress?.state.kind}>
        {problem !== null && <Head tone="bad" words={problem} />}
        {progress !== null && (
          <>
            <State progress={progress} />
            <ImportFigures progress={progress} />
          </>
        )}
        <Buttons progress={progress} onClose={close} />
      </div>
    </Modal>
  )
}

function State({ progress }: { readonly progress: ImportProgress }) {
  const { state, name, bytes } = progress
  switch (state.kind) {
    case 'receiving':
    case 'checking':
    case 'queueing':
      return <UnderWay progress={progress} words={t.states[state.kind]} />
    case 'checked':
      return (
        <p className={classes.file}>
          <b>{name}</b> <span>{formatBytes(bytes)}</span> <span>{t.states.checked}</span>
        </p>
      )
    case 'finished':
      return <Head tone="good" name={name} words={t.states.finished} />
    case 'cancelled':
      return <Head tone="plain" name={name} words={`${t.states.cancelled} ${t.cancelledAbout}`} />
    case 'failed':
      return <Head tone="bad" name={t.states.failed} words={state.message} />
  }
}

function UnderWay({ progress, words }: { readonly progress: ImportProgress; readonly words: string }) {
  const { name, startedAtMs } = progress
  const share = importShareOf(progress)
  const leftMs = usePicture(({ atMs }) => timeLeftMs(share, atMs - startedAtMs))
  return (
    <div>
      <p className={classes.file}>
        {words} <b>{name}</b>
        <span className={classes.end}>
          {formatShare(share)}
          {leftMs !== null && ` · ${t.timeLeft(formatSpan(leftMs))}`}
        </span>
      </p>
      <Progress.Root className={classes.progress ?? ''} size={6}>
        <Progress.Section value={share * 100} color="var(--accent)" aria-label={t.progress(name)} />
      </Progress.Root>
    </div>
  )
}

const ICONS = { good: IconCircleCheck, bad: IconAlertTriangle, plain: IconInfoCircle } as const

function Head({ tone, name, words }: { readonly tone: keyof typeof ICONS; readonly name?: string; readonly words: string }) {
  const Icon = ICONS[tone]
  return (
    <p className={classes.head} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={17} aria-hidden />
      <span>
        {name !== undefined && <b>{name}</b>} {words}
      </span>
    </p>
  )
}

function Buttons({ progress, onClose }: { readonly progress: ImportProgress | null; readonly onClose: () => void }) {
  const { queue, cancel } = useImportCommands()
  const kind = progress?.state.kind
  const fresh = progress?.counts.fresh ?? 0
  const isUnderWay = progress !== null && isImportUnderWay(progress.state)
  return (
    <div className={classes.buttons}>
      {isUnderWay && <p className={classes.aside}>{t.goesOn}</p>}
      <Button onClick={onClose}>{kind === 'checked' ? t.notNow : t.close}</Button>
      {isUnderWay && (
        <Button onClick={() => void cancel(progress.id)} data-testid="import-cancel">
          {t.cancel}
        </Button>
      )}
      {kind === 'checked' && progress !== null && (
        <Button variant="filled" disabled={fresh === 0} onClick={() => void queue(progress.id)} data-autofocus data-testid="import-queue">
          {fresh === 0 ? t.nothingNew : t.queue(formatCount(fresh), fresh)}
        </Button>
      )}
    </div>
  )
}
