import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import { ACTIONS, type ActionName } from '../../shared/actions'
import type { Frame } from '../../shared/frames'
import type { Pushes } from '../../shared/ipc-contract'
import { runControlsOf } from '../../shared/run-controls'
import { menuWords, toggleWords } from './menu-words'

/** What the menu follows from. */
export interface MenuFacts {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  /** Null before the first frame. */
  readonly seen: Pick<Frame, 'state' | 'gauges'> | null
}

type Act = (name: ActionName) => void
type Item = MenuItemConstructorOptions

const CHANNEL = 'action' satisfies keyof Pushes

/**
 * Replaces Electron's own menu, which leads out to the web, by the commands of the console, and keeps it as the work stands. Each
 * does what the palette does: the window is told its name. To be called once.
 */
export function followWithMenu(
  window: BrowserWindow,
  { platform, isPackaged }: Pick<MenuFacts, 'platform' | 'isPackaged'>,
  subscribe: (listener: (frame: Frame) => void) => () => void,
): void {
  const act = (name: ActionName) => {
    if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(CHANNEL, name)
  }
  let shown = ''
  const show = (seen: MenuFacts['seen']) => {
    const facts = JSON.stringify(seen && changing(seen))
    if (facts === shown) return
    shown = facts
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ platform, isPackaged, seen }, act)))
  }
  show(null)
  window.once('closed', subscribe(show))
}

/** A menu that is open closes when it is replaced, so it is replaced only when something in it changes. */
function changing({ state, gauges: { pacing, batchSize, breaker, sweep } }: Pick<Frame, 'state' | 'gauges'>) {
  return [state.kind, pacing.kind, batchSize.sizing, breaker.kind, sweep?.state]
}

export function menuTemplate({ platform, isPackaged, seen }: MenuFacts, act: Act): Item[] {
  const isMac = platform === 'darwin'
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [...fileItems(act), { type: 'separator' }, isMac ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    { label: '&Run', submenu: runItems(seen, act) },
    { label: '&View', submenu: viewItems(isPackaged, act) },
    { role: 'windowMenu' },
    { role: 'help', label: '&Help', submenu: [item('palette', act), item('shortcuts', act), ...(isMac ? [] : aboutItems)] },
  ]
}

const aboutItems: Item[] = [{ type: 'separator' }, { role: 'about' }]

function item(name: ActionName, act: Act, more: Pick<Item, 'label' | 'enabled' | 'type' | 'checked'> = {}): Item {
  return { id: name, label: menuWords[name], accelerator: ACTIONS[name], click: () => act(name), ...more }
}

function fileItems(act: Act): Item[] {
  const exports = (['export-results', 'export-failed', 'export-attempts', 'export-batches', 'export-epochs'] as const).map((name) => item(name, act))
  return [item('import', act), item('discover', act), { type: 'separator' }, { label: 'Export', submenu: exports }]
}

function runItems(seen: MenuFacts['seen'], act: Act): Item[] {
  const { toggle, canDrain, canStop } = seen ? runControlsOf(seen.state) : { toggle: null, canDrain: false, canStop: false }
  const isRunning = seen?.state.kind === 'running'
  const isSearching = seen?.gauges.sweep?.state === 'running'
  const isAdaptive = seen?.gauges.pacing.kind === 'adaptive'
  return [
    item('toggle-run', act, { enabled: toggle !== null, label: toggle ? toggleWords[toggle] : menuWords['toggle-run'] }),
    item('pause-a-while', act, { enabled: toggle === 'pause' }),
    item('drain', act, { enabled: canDrain }),
    item('stop', act, { enabled: canStop }),
    { type: 'separator' },
    item('larger', act, { enabled: seen !== null }),
    item('smaller', act, { enabled: seen !== null }),
    item('sizing', act, { type: 'checkbox', checked: isAdaptive && seen?.gauges.batchSize.sizing === 'auto', enabled: isAdaptive }),
    item('pacing', act, { type: 'checkbox', checked: isAdaptive, enabled: seen !== null }),
    item('search', act, { enabled: isRunning, label: isSearching ? 'Cancel the Search for the Best Batch Size' : menuWords.search }),
    { type: 'separator' },
    item('close-breaker', act, { enabled: seen !== null && seen.gauges.breaker.kind !== 'closed' }),
  ]
}

function viewItems(isPackaged: boolean, act: Act): Item[] {
  const views = (['view-overview', 'view-tuning', 'view-queue', 'view-results', 'view-failures', 'view-batches', 'view-runs', 'view-log', 'view-connections'] as const).map((name) => item(name, act))
  const themes = (['theme-auto', 'theme-light', 'theme-dark'] as const).map((name) => item(name, act))
  return [
    ...views,
    { type: 'separator' },
    item('find', act),
    { label: 'Appearance', submenu: themes },
    { type: 'separator' },
    ...(isPackaged ? [] : developerItems),
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
}

const developerItems: Item[] = [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
