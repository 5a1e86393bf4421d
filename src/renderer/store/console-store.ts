import { createStore, type StoreApi } from 'zustand/vanilla'
import { afterNews, NO_WISH, type BatchSizeWish } from './batch-size-wish'
import type { Link } from './feed'
import { NO_IMPORT_VIEW, type ImportView } from './pair-import'
import type { Picture } from './picture'
import type { RangeKey, TimeSpan } from './ranges'
import type { ReplayLoading, ReplayState } from './replay'
import type { UndoOffer } from './undo'
import type { ViewAction } from './view-actions'
import { NO_RESULTS, type ResultsState } from './results'

/** All state of the window: what the engine says, and what the person has chosen here. */
export interface ConsoleState {
  readonly link: Link
  /** What the views show: the live engine, or a recording. Null until the first snapshot. */
  readonly picture: Picture | null
  /** The live engine, also while a recording is shown. */
  readonly live: Picture | null
  /** The recording that is shown; null while the views are live. */
  readonly replay: ReplayState | null
  readonly replayLoading: ReplayLoading | null
  readonly range: RangeKey
  /** The stretch of time that is looked at closely instead; null while the charts follow the newest. */
  readonly zoom: TimeSpan | null
  /** What is being drawn up over a chart to be looked at, until the pointer is let go. */
  readonly zoomDraft: TimeSpan | null
  /** Middle of the bin under the crosshair, Unix ms; null while none is shown. */
  readonly crosshairAtMs: number | null
  readonly wish: BatchSizeWish
  /** Accounts whose quota has been chosen anew and is not in force yet. */
  readonly pendingQuotas: readonly number[]
  /** Why the last command was refused, until it is dismissed or the next one succeeds. */
  readonly refusal: string | null
  /** Ids of ended exports that the person has put away. */
  readonly dismissedExports: readonly string[]
  readonly results: ResultsState
  readonly importView: ImportView
  /** Whether the person has gone on from the first page. */
  readonly hasLeftWelcome: boolean
  /** What the view on screen can do, by the part of it that does it. */
  readonly viewActions: Readonly<Record<string, readonly ViewAction[]>>
  /** What can be undone just now. */
  readonly undo: UndoOffer | null
  /** What has been opened from anywhere: by a button, a key or the native menu. */
  readonly openDialog: 'stop' | 'discover' | 'shortcuts' | null
}

export type ConsoleStore = StoreApi<ConsoleState>

export function createConsoleStore(): ConsoleStore {
  return createStore<ConsoleState>(() => ({
    link: { kind: 'connecting' },
    picture: null,
    live: null,
    replay: null,
    replayLoading: null,
    range: '5m',
    zoom: null,
    zoomDraft: null,
    crosshairAtMs: null,
    wish: NO_WISH,
    pendingQuotas: [],
    refusal: null,
    dismissedExports: [],
    results: NO_RESULTS,
    importView: NO_IMPORT_VIEW,
    hasLeftWelcome: false,
    viewActions: {},
    undo: null,
    openDialog: null,
  }))
}

/** Takes the live engine's news. While a recording is shown they wait. */
export function showPicture(store: ConsoleStore, live: Picture): void {
  store.setState(({ wish, replay }) =>
    replay === null ? { live, picture: live, wish: afterNews(wish, live.gauges.batchSize.asked) } : { live },
  )
}
