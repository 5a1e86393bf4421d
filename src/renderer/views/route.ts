import { useSyncExternalStore } from 'react'

export const VIEWS = ['overview', 'tuning', 'batches', 'log', 'connections'] as const
export type View = (typeof VIEWS)[number]

/** The view is the address's fragment, so that it outlives a reload and a link is enough to get there. */
export function useView(): View {
  return useSyncExternalStore(onHashChange, viewOfHash)
}

export function linkTo(view: View): string {
  return `#${view}`
}

function viewOfHash(): View {
  const name = window.location.hash.slice(1)
  return VIEWS.find((view) => view === name) ?? 'overview'
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}
