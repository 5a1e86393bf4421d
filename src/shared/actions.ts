/**
 * Everything that can be asked for by a name, and the keys that do it anywhere, fields included: from the palette and the native
 * menu (Electron's spelling). Window and main have each their own words for them.
 */
export const ACTIONS = {
  'view-overview': 'CmdOrCtrl+1',
  'view-tuning': 'CmdOrCtrl+2',
  'view-queue': 'CmdOrCtrl+3',
  'view-results': 'CmdOrCtrl+4',
  'view-failures': 'CmdOrCtrl+5',
  'view-batches': 'CmdOrCtrl+6',
  'view-runs': 'CmdOrCtrl+7',
  'view-log': 'CmdOrCtrl+8',
  'view-connections': 'CmdOrCtrl+9',
  'toggle-run': 'CmdOrCtrl+Enter',
  'pause-a-while': 'CmdOrCtrl+Shift+Enter',
  drain: 'CmdOrCtrl+D',
  stop: 'CmdOrCtrl+.',
  'close-breaker': 'CmdOrCtrl+Shift+B',
  larger: 'CmdOrCtrl+]',
  smaller: 'CmdOrCtrl+[',
  sizing: 'CmdOrCtrl+Shift+A',
  pacing: 'CmdOrCtrl+Shift+P',
  search: 'CmdOrCtrl+Shift+F',
  discover: 'CmdOrCtrl+Shift+D',
  import: 'CmdOrCtrl+O',
  'export-results': 'CmdOrCtrl+E',
  'export-failed': 'CmdOrCtrl+Shift+E',
  'export-attempts': 'CmdOrCtrl+Shift+U',
  'export-batches': 'CmdOrCtrl+Shift+H',
  'export-epochs': 'CmdOrCtrl+Shift+O',
  'theme-auto': 'F6',
  'theme-light': 'F7',
  'theme-dark': 'F8',
  find: 'CmdOrCtrl+F',
  palette: 'CmdOrCtrl+K',
  shortcuts: 'CmdOrCtrl+/',
} as const satisfies Record<string, string>
export type ActionName = keyof typeof ACTIONS

/** What the pause that `pause-a-while` asks for lasts. */
export const A_WHILE_MINUTES = 15

/** The part of a key press that accelerators are made of. */
export interface Pressed {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

/** The action that a key press asks for; null for none. */
export function actionOf(pressed: Pressed, isMac: boolean): ActionName | null {
  // Object.keys answers plain strings.
  return (Object.keys(ACTIONS) as ActionName[]).find((name) => isPressed(ACTIONS[name], pressed, isMac)) ?? null
}

function isPressed(accelerator: string, { key, shiftKey, ctrlKey, altKey, metaKey }: Pressed, isMac: boolean): boolean {
  const parts = accelerator.split('+')
  const command = parts.includes('CmdOrCtrl')
  if (altKey || (isMac ? metaKey : ctrlKey) !== command || (isMac ? ctrlKey : metaKey)) return false
  return shiftKey === parts.includes('Shift') && key.toLowerCase() === parts.at(-1)?.toLowerCase()
}
