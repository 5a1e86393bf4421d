import { useSyncExternalStore } from 'react'

export const VIEWS = ['overview', 'tuning', 'queue', 'results', 'failures', 'batches', 'runs', 'log', 'connections'] as const
export type View = (typeof VIEWS)[number]

/** The view is the address's fragment, so that it outlives a reload and a link is enough to get there. */
export function useView(): View {
  return useSyncExternalStore(onHashChange, viewOfHash)
}

export function linkTo(view: View): string {
  return `#${view}`
}

/** What of the view is meant, such as one pair of the results; null for all of it. */
export function useDetail(): string | null {
  return useSyncExternalStore(onHashChange, detailOfHash)
}

/** The link to one item of a view. */
export function linkToDetail(view: View, detail: string): string {
  return `${linkTo(view)}/${encodeURIComponent(detail)}`
}

function detailOfHash(): string | null {
  const [, detail] = window.location.hash.split('/')
  try {
    return detail === undefined || detail === '' ? null : decodeURIComponent(detail)
  } catch {
    return null // an address that somebody has cut off
  }
}

function viewOfHash(): View {
  const [name] = window.location.hash.slice(1).split('/')
  return VIEWS.find((view) => view === name) ?? 'overview'
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
