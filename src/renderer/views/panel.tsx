import { useId, type ReactNode } from 'react'
import surfaces from '../theme/surfaces.module.css'
import classes from './panel.module.css'

interface PanelProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A card with a title whose content fills what is left of it. */
export function Panel({ title, aside, children }: PanelProps) {
  const titleId = useId()
  return (
    <section className={`${surfaces.card} ${classes.panel}`} aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}
