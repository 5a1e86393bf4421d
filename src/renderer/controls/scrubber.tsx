import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { GoodputTrack } from '../charts/goodput-track'
import { formatClock, formatTime } from '../format'
import { useConsole, useReplay } from '../store/console-context'
import type { ReplayState } from '../store/replay'
import { text } from '../text'
import classes from './scrubber.module.css'

const t = text.runs.bar
const STEP_MS = 10_000
const COARSE_STEP_MS = 60_000

/** Where in the recording the views stand, over the whole of it: to be dragged, clicked, or moved by keys. */
export function Scrubber() {
  const replay = useConsole((state) => state.replay)
  return replay && <Track state={replay} />
}

function Track({ state }: { readonly state: ReplayState }) {
  const replay = useReplay()
  const scheduled = useRef<number | null>(null)
  const { fromMs, toMs, atMs } = state
  const spanMs = Math.max(1, toMs - fromMs)
  // At most one a paint: each is a new picture for all views.
  const seekUnder = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const wantedMs = fromMs + ((event.clientX - left) / Math.max(1, width)) * spanMs
    if (scheduled.current !== null) cancelAnimationFrame(scheduled.current)
    scheduled.current = requestAnimationFrame(() => replay.seek(wantedMs))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const wantedMs = seekByKey(event, state)
    if (wantedMs === null) return
    event.preventDefault()
    replay.seek(wantedMs)
  }
  return (
    <div
      className={classes.scrubber}
      role="slider"
      tabIndex={0}
      aria-label={t.position}
      aria-valuemin={0}
      aria-valuemax={Math.round(spanMs / 1000)}
      aria-valuenow={Math.round((atMs - fromMs) / 1000)}
      aria-valuetext={t.at(formatClock(atMs - fromMs), formatClock(spanMs), formatTime(atMs, 'second'))}
      data-testid="scrubber"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        seekUnder(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && seekUnder(event)}
    >
      <GoodputTrack values={state.goodput} marks={useMarks(state)} />
      <i className={classes.played} style={{ width: `${((atMs - fromMs) / spanMs) * 100}%` }} />
    </div>
  )
}

/** More than so many marks would be drawn over each other. */
const MARKS_APART = 1 / 400

/** Where something happened, as shares of the whole. */
function useMarks({ markers, fromMs, toMs }: ReplayState): readonly number[] {
  return useMemo(() => {
    const shares = markers.map(({ atMs }) => (atMs - fromMs) / Math.max(1, toMs - fromMs))
    const within = shares.filter((share) => share >= 0 && share <= 1)
    return [...new Set(within.map((share) => Math.round(share / MARKS_APART) * MARKS_APART))]
  }, [markers, fromMs, toMs])
}

function seekByKey({ key, shiftKey }: KeyboardEvent, { fromMs, toMs, atMs }: ReplayState): number | null {
  const stepMs = shiftKey ? COARSE_STEP_MS : STEP_MS
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return atMs + stepMs
    case 'ArrowLeft':
    case 'ArrowDown':
      return atMs - stepMs
    case 'PageUp':
      return atMs + (toMs - fromMs) / 10
    case 'PageDown':
      return atMs - (toMs - fromMs) / 10
    case 'Home':
      return fromMs
    case 'End':
      return toMs
    default:
      return null
  }
}
