import { usePictureInTurn } from '../store/console-context'
import type { Picture } from '../store/picture'
import { text } from '../text'
import { LogLines } from './log-lines'
import { Panel } from './panel'
import classes from './log.module.css'
import { linkTo } from './route'
import { useFollowingScroll } from './use-following-scroll'

const SHOWN = 60

const logOf = (picture: Picture) => picture.log

export function LogCard() {
  const log = usePictureInTurn(logOf)
  const { scrollRef, onScroll } = useFollowingScroll()
  return (
    <Panel title={text.log.recent} aside={log.length > 0 && <a href={linkTo('log')}>{text.log.all}</a>}>
      {log.length === 0 && <p className={classes.empty}>{text.log.nothingYet}</p>}
      <LogLines lines={log.slice(-SHOWN)} scrollRef={scrollRef} onScroll={onScroll} />
    </Panel>
  )
}
