import { useEffect, useRef } from 'react'
import { useConsoleStore } from './console-context'

/** Something that the view on screen can do, for the palette. */
export interface ViewAction {
  readonly id: string
  readonly label: string
  readonly run: () => void
}

/** Puts what this part of a view can do into the palette for as long as it is on screen. `part` tells it from others. */
export function useViewActions(part: string, actions: readonly ViewAction[]): void {
  const store = useConsoleStore()
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  const spelled = JSON.stringify(actions.map(({ id, label }) => [id, label]))
  useEffect(() => {
    const named = JSON.parse(spelled) as [string, string][] // spelled above
    const offered = named.map(([id, label]): ViewAction => ({ id: `${part}-${id}`, label, run: () => latest.current.find((action) => action.id === id)?.run() }))
    store.setState(({ viewActions }) => ({ viewActions: { ...viewActions, [part]: offered } }))
    return () =>
      store.setState(({ viewActions }) => ({ viewActions: Object.fromEntries(Object.entries(viewActions).filter(([other]) => other !== part)) }))
  }, [store, part, spelled])
}
