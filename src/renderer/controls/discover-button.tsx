import { Button } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { runControlsOf } from '../../shared/run-controls'
import { formatShare } from '../format'
import { useConsoleStore, usePicture } from '../store/console-context'
import { discoveryShareOf } from '../store/discovery'
import { nextStepOf } from '../store/run-controls'
import { text } from '../text'
import classes from './discover.module.css'

const t = text.discover

/** Opens the dialog that fills the queue; while that goes on, says how far it is. */
export function DiscoverButton({ testId = 'discover' }: { readonly testId?: string }) {
  const isNext = usePicture(({ state, ledger }) => nextStepOf(state, ledger) === 'discover')
  const label = usePicture(({ discovery }) =>
    discovery?.state.kind === 'running' ? t.buttonRunning(formatShare(discoveryShareOf(discovery.counts))) : t.button,
  )
  const isRunning = usePicture(({ discovery }) => discovery?.state.kind === 'running')
  // While it runs, its state and its buttons need the room of a narrow window.
  const isTight = usePicture(({ state }) => runControlsOf(state).canStop)
  const store = useConsoleStore()
  return (
    <Button
      className={classes.button ?? ''}
      variant={isNext ? 'filled' : 'default'}
      leftSection={<IconListSearch size={15} stroke={2} aria-hidden />}
      onClick={() => store.setState({ openDialog: 'discover' })}
      aria-label={label}
      title={t.about}
      data-tight={isTight || undefined}
      data-running={isRunning || undefined}
      data-testid={testId}
    >
      <span className={classes.label}>{label}</span>
    </Button>
  )
}
