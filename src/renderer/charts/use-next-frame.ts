import { useEffect, useState } from 'react'
import { useConsoleContext } from '../store/console-context'

/** The value as it was one animation frame ago or longer: it follows when it is its turn to be drawn. */
export function useNextFrame<T>(value: T): T {
  const { turns } = useConsoleContext()
  const [shown, setShown] = useState(value)
  useEffect(() => {
    return turns.take(() => {
      setShown(() => value)
      return true
    })
  }, [turns, value])
  return shown
}
