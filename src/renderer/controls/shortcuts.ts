import { useEffect, useRef } from 'react'

/** The part of a key press that decides what it means. */
export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  /** AltGr, with which some layouts type brackets. It also sets ctrlKey and altKey on Windows. */
  readonly isAltGraph: boolean
  /** What has the focus. */
  readonly target: 'text' | 'control' | 'page'
}

export type Shortcut =
  | { readonly kind: 'toggle-run' }
  | { readonly kind: 'export' }
  | { readonly kind: 'nudge-batch-size'; readonly by: number }
  | { readonly kind: 'toggle-search' }
  | { readonly kind: 'toggle-sizing' }
  | { readonly kind: 'list-shortcuts' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'find' }

const COARSE_STEP = 5

/** What a key press asks for; null where it belongs to the control that has the focus, or to nobody. */
export function shortcutOf(press: KeyPress): Shortcut | null {
  if (press.target === 'text') return null
  if ((press.ctrlKey || press.metaKey) && !press.altKey && !press.shiftKey && press.key.toLowerCase() === 'z') return { kind: 'undo' }
  if ((press.ctrlKey || press.altKey || press.metaKey) && !press.isAltGraph) return null
  if (press.key === ' ') return press.target === 'page' ? { kind: 'toggle-run' } : null
  if (press.key.toLowerCase() === 'e') return { kind: 'export' }
  if (press.key.toLowerCase() === 'f') return { kind: 'toggle-search' }
  if (press.key.toLowerCase() === 'a') return { kind: 'toggle-sizing' }
  switch (press.key) {
    case '/':
      return { kind: 'find' }
    case '?':
      return { kind: 'list-shortcuts' }
    case '[':
      return nudge(press.shiftKey ? -COARSE_STEP : -1)
    case ']':
      return nudge(press.shiftKey ? COARSE_STEP : 1)
    // The shifted brackets of most layouts.
    case '{':
      return nudge(-COARSE_STEP)
    case '}':
      return nudge(COARSE_STEP)
    default:
      return null
  }
}

function nudge(by: number): Shortcut {
  return { kind: 'nudge-batch-size', by }
}

/** Calls the action for every shortcut of this kind, wherever in the window it was pressed. */
export function useShortcut<K extends Shortcut['kind']>(kind: K, action: (shortcut: Extract<Shortcut, { kind: K }>) => void): void {
  const latest = useRef(action)
  useEffect(() => {
    latest.current = action
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const shortcut = event.defaultPrevented ? null : shortcutOf(pressOf(event))
      if (shortcut === null || !isOfKind(shortcut, kind)) return
      event.preventDefault()
      latest.current(shortcut)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [kind])
}

function isOfKind<K extends Shortcut['kind']>(shortcut: Shortcut, kind: K): shortcut is Extract<Shortcut, { kind: K }> {
  return shortcut.kind === kind
}

function pressOf(event: KeyboardEvent): KeyPress {
  const { key, shiftKey, ctrlKey, altKey, metaKey } = event
  const isAltGraph = event.getModifierState('AltGraph')
  return { key, shiftKey, ctrlKey, altKey, metaKey, isAltGraph, target: targetOf(event.target) }
}

/** Space works the control that has the focus; letters and brackets are text in a field, and a dialog keeps all keys. */
function targetOf(target: EventTarget | null): KeyPress['target'] {
  if (!(target instanceof Element)) return 'page'
  if (target.closest('[aria-modal="true"]')) return 'text'
  if (target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]')) return 'text'
  return target.closest('button, a, input, [role="slider"], [role="menu"], [role="dialog"], [tabindex="0"]') ? 'control' : 'page'
}
