import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useCommands, useConsole, useConsoleStore } from '../store/console-context'
import { keysOf } from '../store/platform'
import { UNDO_OFFERED_MS } from '../store/undo'
import { text } from '../text'
import { Key } from './key'
import { useShortcut } from './shortcuts'
import classes from './undo-toast.module.css'

const t = text.undo
const KEYS = keysOf('CmdOrCtrl+Z')

/** Offers to take the last change back, for some seconds, and as long as somebody points at it. */
export function UndoToast() {
  const commands = useCommands()
  const store = useConsoleStore()
  const offer = useConsole((state) => state.undo)
  const [isHeld, setIsHeld] = useState(false)
  useShortcut('undo', () => void commands.undo())
  useEffect(() => {
    if (offer === null || isHeld) return
    const timer = setTimeout(() => store.setState(({ undo }) => (undo?.id === offer.id ? { undo: null } : {})), UNDO_OFFERED_MS)
    return () => clearTimeout(timer)
  }, [offer, isHeld, store])
  if (offer === null) return null
  return (
    <section className={classes.toast} aria-label={t.title} onPointerEnter={() => setIsHeld(true)} onPointerLeave={() => setIsHeld(false)} data-testid="undo">
      <p role="status">{t.done(offer.done)}</p>
      <Button
        size="compact-sm"
        rightSection={KEYS.map((key) => (
          <Key key={key}>{key}</Key>
        ))}
        onClick={() => void commands.undo()}
      >
        {t.button}
      </Button>
      <ActionIcon aria-label={t.dismiss} onClick={() => store.setState({ undo: null })}>
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </section>
  )
}
