import { Button, Popover } from '@mantine/core'
import { useCommands, useConsole, useConsoleStore, usePicture } from '../store/console-context'
import { text } from '../text'
import classes from './controls.module.css'

/** Stops at once, after saying what that does to the pairs in flight. */
export function StopButton() {
  const commands = useCommands()
  const store = useConsoleStore()
  const isOpen = useConsole(({ openDialog }) => openDialog === 'stop')
  const setIsOpen = (open: boolean) => store.setState({ openDialog: open ? 'stop' : null })
  const stop = () => {
    setIsOpen(false)
    void commands.stop()
  }
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" trapFocus returnFocus width={300}>
      <Popover.Target>
        <Button onClick={() => setIsOpen(!isOpen)}>{text.run.stop}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.run.stop}>
        <div className={classes.confirm}>
          <Consequence />
          <div className={classes.confirmButtons}>
            <Button onClick={() => setIsOpen(false)}>{text.run.stopNot}</Button>
            <Button data-danger onClick={stop}>
              {text.run.stopSure}
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function Consequence() {
  const inFlight = usePicture((picture) => picture.ledger?.inFlight ?? null)
  return <p>{text.run.stopAbout(inFlight)}</p>
}
