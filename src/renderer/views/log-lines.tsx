import { memo, type RefObject, type UIEventHandler } from 'react'
import type { LogLine } from '../../shared/frames'
import { formatTime } from '../format'
import { text } from '../text'
import classes from './log-lines.module.css'

interface LogLinesProps {
  readonly lines: readonly LogLine[]
  readonly scrollRef: RefObject<HTMLDivElement | null>
  readonly onScroll: UIEventHandler<HTMLDivElement>
}

/** Log lines, oldest first. Not announced as they come: there are several a second. */
export function LogLines({ lines, scrollRef, onScroll }: LogLinesProps) {
  return (
    <div className={classes.scroll} ref={scrollRef} onScroll={onScroll} role="log" aria-live="off" aria-label={text.log.title} tabIndex={0}>
      {lines.map((line) => (
        <Line key={line.seq} line={line} />
      ))}
    </div>
  )
}

const Line = memo(function Line({ line }: { readonly line: LogLine }) {
  return (
    <p className={classes.line} data-level={line.level} data-testid="log-line">
      <time>{formatTime(line.atMs, 'second')}</time>
      {line.level !== 'info' && <b>{text.log.levels[line.level]}</b>}
      <span>{line.text}</span>
    </p>
  )
})
