import { useEffect, useState } from 'react'

/** The value as it was one animation frame ago. */
export function useNextFrame<T>(value: T): T {
  const [shown, setShown] = useState(value)
  useEffect(() => {
    const handle = requestAnimationFrame(() => setShown(value))
    return () => cancelAnimationFrame(handle)
  }, [value])
  return shown
}
