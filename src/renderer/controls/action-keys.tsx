import { useEffect, useRef } from 'react'
import { actionOf, type ActionName } from '../../shared/actions'
import { useConsoleContext } from '../store/console-context'
import { isMac } from '../store/platform'
import { useActions } from './actions'
import { useShortcut } from './shortcuts'

/** Does what keys and the native menu ask for, where it can be done just now. */
export function ActionKeys() {
  const actions = useActions()
  const { onAction } = useConsoleContext()
  const latest = useRef(actions)
  useShortcut('find', () => actions.find(({ name }) => name === 'find')?.run())
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    const act = (name: ActionName) => latest.current.find((action) => action.name === name)?.run()
    const press = (event: KeyboardEvent) => {
      const name = event.defaultPrevented ? null : actionOf(event, isMac)
      // A dialog keeps all keys but the palette's.
      if (name === null || (name !== 'palette' && isInDialog(event.target))) return
      // The native menu does nothing with a key that the page has taken.
      event.preventDefault()
      if (!event.repeat || name === 'larger' || name === 'smaller') act(name)
    }
    window.addEventListener('keydown', press)
    const unsubscribe = onAction(act)
    return () => {
      window.removeEventListener('keydown', press)
      unsubscribe()
    }
  }, [onAction])
  return null
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[aria-modal="true"]') !== null
}
