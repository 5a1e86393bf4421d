import { useEffect, useRef } from 'react'
import { spanBetween } from '../store/brush'
import { useConsole, useConsoleStore } from '../store/console-context'
import type { TimeSpan, TimeWindow } from '../store/ranges'
import classes from './charts.module.css'
import { PLOT, plotWidthPx } from './plot'

/** A click, or the tremble of a hand, is no drag. */
const LEAST_PX = 6

/** Dragging over the plot that it stands in chooses the stretch of time that all charts show. It is drawn on all of them meanwhile. */
export function SpanDrag({ window }: { readonly window: TimeWindow }) {
  const store = useConsoleStore()
  const draft = useConsole((state) => state.zoomDraft)
  const markRef = useRef<HTMLElement>(null)
  const latest = useRef(window)
  useEffect(() => {
    latest.current = window
  })
  useEffect(() => {
    const plot = markRef.current?.parentElement
    return plot ? watchDrags(plot, () => latest.current, store.setState) : undefined
  }, [store])
  const share = (atMs: number) => (atMs - window.fromMs) / (window.toMs - window.fromMs)
  const across = (part: number) => `calc((100% - ${PLOT.left + PLOT.right}px) * ${part})`
  const style = draft && { left: `calc(${PLOT.left}px + ${across(share(draft.fromMs))})`, width: across(share(draft.toMs) - share(draft.fromMs)) }
  return <i ref={markRef} className={classes.draft} hidden={draft === null} style={style ?? undefined} />
}

type TellStore = (news: { readonly zoomDraft: TimeSpan | null; readonly zoom?: TimeSpan }) => void

/** Answers the function that ends it. */
function watchDrags(plot: HTMLElement, window: () => TimeWindow, tell: TellStore): () => void {
  /** Where the pointer went down. The charts may move on beneath it. */
  let from: { readonly px: number; readonly atMs: number } | null = null
  let draft: TimeSpan | null = null
  const timeAt = (clientX: number) => {
    const { left, width } = plot.getBoundingClientRect()
    const share = (clientX - left - PLOT.left) / Math.max(1, plotWidthPx(width))
    const { fromMs, toMs } = window()
    return fromMs + Math.max(0, Math.min(share, 1)) * (toMs - fromMs)
  }
  const listeners = {
    pointerdown: (event: PointerEvent) => {
      if (event.button === 0) from = { px: event.clientX, atMs: timeAt(event.clientX) }
    },
    pointermove: (event: PointerEvent) => {
      if (from === null || (draft === null && Math.abs(event.clientX - from.px) < LEAST_PX)) return
      if (draft === null) plot.setPointerCapture(event.pointerId)
      draft = spanBetween(from.atMs, timeAt(event.clientX), window())
      tell({ zoomDraft: draft })
    },
    pointerup: () => {
      if (draft !== null) tell({ zoomDraft: null, zoom: draft })
      from = draft = null
    },
    pointercancel: () => {
      if (draft !== null) tell({ zoomDraft: null })
      from = draft = null
    },
  }
  const ending = new AbortController()
  for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'] as const) {
    plot.addEventListener(type, listeners[type], { signal: ending.signal })
  }
  return () => ending.abort()
}
