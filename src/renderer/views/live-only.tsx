import { Button } from '@mantine/core'
import { useReplay } from '../store/console-context'
import { text } from '../text'
import classes from './live-only.module.css'

const t = text.runs.liveOnly

/** In the place of a view that no recording feeds. */
export function LiveOnly() {
  const replay = useReplay()
  return (
    <div className={classes.page}>
      <div role="status">
        <h2>{t.title}</h2>
        <p>{t.about}</p>
      </div>
      <Button onClick={() => replay.leave()}>{text.runs.bar.live}</Button>
    </div>
  )
}
