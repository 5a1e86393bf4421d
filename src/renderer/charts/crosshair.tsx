import { useEffect } from 'react'
import { useActiveTooltipLabel, useIsTooltipActive } from 'recharts'
import { useConsoleStore } from '../store/console-context'

/** Tells the store where the crosshair of the surrounding chart stands, however it got there: pointer, keys or sync. */
export function CrosshairReport() {
  const store = useConsoleStore()
  const label = useActiveTooltipLabel()
  const isActive = useIsTooltipActive()
  const crosshairAtMs = isActive && typeof label === 'number' ? label : null
  useEffect(() => store.setState({ crosshairAtMs }), [store, crosshairAtMs])
  return null
}
