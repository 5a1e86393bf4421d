import { Button, Popover, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useCommands, usePicture } from '../store/console-context'
import { nextTimeOfDay } from '../store/next-time-of-day'
import { text } from '../text'
import classes from './controls.module.css'

const t = text.run.pauseUntil
const MINUTE_MS = 60_000
const SPANS_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS]

/** Pauses that end by themselves: after a while, at a time of day, or when the quota resets. */
export function PauseMenu() {
  const commands = useCommands()
  const [isOpen, setIsOpen] = useState(false)
  const [time, setTime] = useState('')
  const isHeld = usePicture(({ gauges }) => gauges.quotas.length > 0 && gauges.quotas.every(({ heldForMs }) => heldForMs > 1000))
  const pause = (until: Parameters<typeof commands.pauseUntil>[0]) => {
    setIsOpen(false)
    void commands.pauseUntil(until)
  }
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" trapFocus returnFocus width={250}>
      <Popover.Target>
        <Button className={classes.chevron ?? ''} aria-label={t.title} title={t.title} onClick={() => setIsOpen((open) => !open)} data-testid="pause-until">
          <IconChevronDown size={14} aria-hidden />
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.title}>
        <div className={classes.pauses}>
          <p>{t.title}</p>
          <div className={classes.spans}>
            {SPANS_MS.map((spanMs) => (
              <Button key={spanMs} onClick={() => pause({ kind: 'time', atMs: Date.now() + spanMs })}>
                {t.spans(spanMs / MINUTE_MS)}
              </Button>
            ))}
          </div>
          <form
            className={classes.time}
            onSubmit={(event) => {
              event.preventDefault()
              const atMs = nextTimeOfDay(time, Date.now())
              if (atMs !== null) pause({ kind: 'time', atMs })
            }}
          >
            <TextInput type="time" aria-label={t.time} value={time} onChange={(event) => setTime(event.currentTarget.value)} />
            <Button type="submit" disabled={time === ''}>
              {t.atTime}
            </Button>
          </form>
          <Button disabled={!isHeld} onClick={() => pause({ kind: 'quota' })} title={isHeld ? undefined : t.quotaNot}>
            {t.quota}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
