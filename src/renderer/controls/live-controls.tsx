import type { ReactNode } from 'react'
import { useIsReplaying } from '../store/console-context'
import { text } from '../text'
import classes from './live-controls.module.css'

/** Controls of the live engine: out of reach while a recording is on screen, and told so. */
export function LiveControls({ children }: { readonly children: ReactNode }) {
  const isReplaying = useIsReplaying()
  return (
    <fieldset className={classes.controls} disabled={isReplaying} title={isReplaying ? text.runs.bar.gate : undefined}>
      {children}
    </fieldset>
  )
}
