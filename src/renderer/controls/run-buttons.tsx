import { Button } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useCommands, usePicture } from '../store/console-context'
import { runControlsOf } from '../../shared/run-controls'
import { nextStepOf } from '../store/run-controls'
import { text } from '../text'
import { Key } from './key'
import { PauseMenu } from './pause-menu'
import { useShortcut } from './shortcuts'
import { StopButton } from './stop-button'

/** Start, pause, resume; drain; stop now: those that make sense in the present state. */
export function RunButtons() {
  const commands = useCommands()
  const kind = usePicture(({ state }) => state.kind)
  const isNext = usePicture((picture) => nextStepOf(picture.state, picture.ledger) === 'start')
  const { toggle, canDrain, canStop } = runControlsOf({ kind })
  useShortcut('toggle-run', () => void commands.toggleRun())
  const ToggleIcon = toggle === 'pause' ? IconPlayerPauseFilled : IconPlayerPlayFilled
  return (
    <>
      {toggle && (
        <Button
          variant={isNext ? 'filled' : 'default'}
          leftSection={<ToggleIcon size={13} aria-hidden />}
          rightSection={<Key>{text.keys.space}</Key>}
          onClick={() => void commands.toggleRun()}
          data-testid="toggle-run"
        >
          {text.run.toggle[toggle]}
        </Button>
      )}
      {toggle === 'pause' && <PauseMenu />}
      {canDrain && (
        <Button onClick={() => void commands.drain()} title={text.run.drainAbout}>
          {text.run.drain}
        </Button>
      )}
      {canStop && <StopButton />}
    </>
  )
}
