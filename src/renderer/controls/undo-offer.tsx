import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconArrowBackUp, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useCommands, useConsole, useConsoleStore } from '../store/console-context'
import { keysOf } from '../store/platform'
import { UNDO_OFFERED_MS } from '../store/undo'
import { text } from '../text'
import { useShortcut } from './shortcuts'
import classes from './undo-offer.module.css'

const t = text.undo
const KEYS = keysOf('CmdOrCtrl+Z').join(' ')

/** Offers to take the last change back, for some seconds, and as long as somebody points at it; at the edge, where it covers nothing. */
export function UndoOffer() {
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
    <section
      className={classes.offer}
      aria-label={t.title}
      title={t.about(t.done(offer.done), KEYS)}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      data-testid="undo"
    >
      <UnstyledButton className={classes.undo} onClick={() => void commands.undo()}>
        <IconArrowBackUp size={18} stroke={1.8} aria-hidden />
        {t.button}
      </UnstyledButton>
      <p role="status">{t.done(offer.done)}</p>
      <ActionIcon className={classes.dismiss ?? ''} size={18} aria-label={t.dismiss} onClick={() => store.setState({ undo: null })}>
        <IconX size={12} aria-hidden />
      </ActionIcon>
    </section>
  )
}
