import { Button } from '@mantine/core'
import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { GoodputTrack } from '../charts/goodput-track'
import { formatCount, formatRate, formatShare, formatSpan, formatTime } from '../format'
import { historyStripSelector, movedSpan, shownSpan, spanBetween, spanFiguresSelector, type Edge, type HistoryStrip } from '../store/brush'
import { useConsole, useConsoleStore, useIsReplaying, usePicture, usePictureInTurn } from '../store/console-context'
import type { TimeSpan } from '../store/ranges'
import { text } from '../text'
import classes from './time-brush.module.css'

const t = text.brush
const NO_MARKS: readonly number[] = []
const KEY_STEP_MS = 5000
const COARSE_KEY_STEP_MS = 60_000

/** All of the history in one strip. The stretch that the charts show lies on it, to be moved, drawn out or drawn anew. */
export function TimeBrush() {
  const select = useMemo(() => historyStripSelector(), [])
  const strip = usePictureInTurn(select)
  const isZoomed = useConsole((state) => state.zoom !== null)
  return (
    <section className={classes.brush} aria-label={t.title} title={isZoomed ? undefined : t.hint} data-zoomed={isZoomed || undefined}>
      <Said />
      <Strip strip={strip} />
    </section>
  )
}

/** The figures of the stretch, and the way back; without one, how to choose it. */
function Said() {
  const zoom = useConsole((state) => state.zoom)
  return (
    <header className={classes.said}>
      <h2>{t.title}</h2>
      {zoom === null ? <p>{t.hint}</p> : <ZoomSaid zoom={zoom} />}
    </header>
  )
}

function ZoomSaid({ zoom }: { readonly zoom: TimeSpan }) {
  const store = useConsoleStore()
  const isReplaying = useIsReplaying()
  const select = useMemo(() => spanFiguresSelector(zoom), [zoom])
  const { done, goodputPerSecond, refused, refusedShare } = usePicture(select)
  return (
    <>
      <p className={classes.figures} role="status" aria-label={t.figuresLabel} data-testid="span-figures">
        <b>{t.span(formatTime(zoom.fromMs, 'second'), formatTime(zoom.toMs, 'second'), formatSpan(zoom.toMs - zoom.fromMs))}</b>{' '}
        {t.figures(formatCount(done), formatRate(goodputPerSecond), formatCount(refused), formatShare(refusedShare))}
      </p>
      <Button size="compact-xs" onClick={() => store.setState({ zoom: null })} data-testid="zoom-out">
        {isReplaying ? t.follow : t.live}
      </Button>
    </>
  )
}

function Strip({ strip }: { readonly strip: HistoryStrip }) {
  const shown = useShown(strip)
  const drag = useStripDrag(strip, shown)
  const share = (atMs: number) => (atMs - strip.fromMs) / (strip.toMs - strip.fromMs)
  return (
    <div className={classes.strip} data-testid="time-strip" {...drag}>
      <GoodputTrack values={strip.goodput} marks={NO_MARKS} />
      <div className={classes.shown} style={{ left: `${share(shown.fromMs) * 100}%`, right: `${(1 - share(shown.toMs)) * 100}%` }} data-edge="both">
        <Handle edge="from" strip={strip} shown={shown} />
        <Handle edge="to" strip={strip} shown={shown} />
      </div>
    </div>
  )
}

/** What the charts show, as far as it is on the strip. */
function useShown(strip: TimeSpan): TimeSpan {
  const chosen = useConsole((state) => state.zoomDraft ?? state.zoom ?? state.range)
  const fromMs = usePicture((picture) => shownSpan(chosen, picture, strip).fromMs)
  const toMs = usePicture((picture) => shownSpan(chosen, picture, strip).toMs)
  return { fromMs, toMs }
}

interface HandleProps {
  readonly edge: Exclude<Edge, 'both'>
  readonly strip: TimeSpan
  readonly shown: TimeSpan
}

function Handle({ edge, strip, shown }: HandleProps) {
  const store = useConsoleStore()
  const atMs = edge === 'from' ? shown.fromMs : shown.toMs
  const onKeyDown = (event: KeyboardEvent) => {
    const zoom = event.key === 'Escape' ? null : movedByKey(event, edge, shown, strip)
    if (zoom === undefined) return
    event.preventDefault()
    store.setState({ zoom })
  }
  return (
    <i
      className={classes.handle}
      role="slider"
      tabIndex={0}
      aria-label={t[edge]}
      aria-valuemin={0}
      aria-valuemax={Math.round((strip.toMs - strip.fromMs) / 1000)}
      aria-valuenow={Math.round((atMs - strip.fromMs) / 1000)}
      aria-valuetext={formatTime(atMs, 'second')}
      data-edge={edge}
      data-testid={`zoom-${edge}`}
      onKeyDown={onKeyDown}
    />
  )
}

/** Undefined where the key is none of ours. */
function movedByKey({ key, shiftKey }: KeyboardEvent, edge: Exclude<Edge, 'both'>, shown: TimeSpan, strip: TimeSpan): TimeSpan | undefined {
  const stepMs = shiftKey ? COARSE_KEY_STEP_MS : KEY_STEP_MS
  const allMs = strip.toMs - strip.fromMs
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return movedSpan(shown, edge, stepMs, strip)
    case 'ArrowLeft':
    case 'ArrowDown':
      return movedSpan(shown, edge, -stepMs, strip)
    case 'PageUp':
      return movedSpan(shown, 'both', shown.toMs - shown.fromMs, strip)
    case 'PageDown':
      return movedSpan(shown, 'both', shown.fromMs - shown.toMs, strip)
    case 'Home':
      return movedSpan(shown, edge, -allMs, strip)
    case 'End':
      return movedSpan(shown, edge, allMs, strip)
    default:
      return undefined
  }
}

interface Drag {
  /** Null while a new stretch is drawn up. */
  readonly edge: Edge | null
  readonly fromMs: number
  readonly shown: TimeSpan
}

/** The pointer over the strip: a handle draws the stretch out, its middle moves it, everywhere else it is drawn up anew. */
function useStripDrag(strip: TimeSpan, shown: TimeSpan) {
  const store = useConsoleStore()
  const drag = useRef<Drag | null>(null)
  const timeUnder = ({ currentTarget, clientX }: PointerEvent<HTMLDivElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    return strip.fromMs + ((clientX - left) / Math.max(1, width)) * (strip.toMs - strip.fromMs)
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { edge: edgeOf(event.target), fromMs: timeUnder(event), shown }
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const begun = drag.current
      if (begun !== null) store.setState({ zoomDraft: draftOf(begun, timeUnder(event), strip) })
    },
    // The charts follow when it is let go: to redraw them at each step would hold the pointer up.
    onPointerUp: () => {
      if (drag.current !== null) store.setState(({ zoom, zoomDraft }) => ({ zoom: zoomDraft ?? zoom, zoomDraft: null }))
      drag.current = null
    },
    onPointerCancel: () => {
      drag.current = null
      store.setState({ zoomDraft: null })
    },
  }
}

function draftOf({ edge, fromMs, shown }: Drag, atMs: number, strip: TimeSpan): TimeSpan {
  return edge === null ? spanBetween(fromMs, atMs, strip) : movedSpan(shown, edge, atMs - fromMs, strip)
}

function edgeOf(target: EventTarget): Edge | null {
  const edge = target instanceof HTMLElement ? target.dataset['edge'] : undefined
  return edge === 'from' || edge === 'to' || edge === 'both' ? edge : null
}
