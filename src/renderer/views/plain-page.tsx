import { Logo } from './logo'
import classes from './plain-page.module.css'

interface PlainPageProps {
  readonly title: string
  readonly about: string | null
}

/** Shown where there is nothing to show: what is the matter, and what to do about it. */
export function PlainPage({ title, about }: PlainPageProps) {
  return (
    <main className={classes.page}>
      <Logo size={44} />
      <div role="status">
        <h1>{title}</h1>
        {about && <p>{about}</p>}
      </div>
    </main>
  )
}
