import { useEffect, useState } from 'react'
import { useConsoleContext } from '../store/console-context'

/** The value as it was when it was last its turn to be drawn: a frame ago, or some. */
export function useInTurn<T>(value: T): T {
  const { turns } = useConsoleContext()
  const [shown, setShown] = useState(value)
  useEffect(() => {
    if (shown === value) return undefined
    return turns.take(() => {
      setShown(() => value)
      return true
    })
  }, [turns, shown, value])
  return shown
}
