import type { ReactNode } from 'react'
import classes from './controls.module.css'

/** A key's name on a control. Not part of the control's own name. */
export function Key({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className={classes.key} aria-hidden>
      {children}
    </kbd>
  )
}
