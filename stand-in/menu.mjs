import { strict } from './strict.mjs'

// What of Electron's menu items is understood here; anything else is a mistake, or a reason to add it.
const OPTIONS = new Set(['id', 'label', 'role', 'type', 'enabled', 'checked', 'accelerator', 'submenu', 'click'])
const TYPES = new Set(['normal', 'separator', 'submenu', 'checkbox'])
const ROLES = new Set(
  'appMenu fileMenu editMenu windowMenu help about close quit reload toggleDevTools resetZoom zoomIn zoomOut togglefullscreen'.split(' '),
)
const KEY = /^(?:(?:CmdOrCtrl|Shift|Alt)\+)*(?:[A-Z0-9\][./]|Enter|F\d{1,2})$/

/** @typedef {{ items: Item[] }} AppMenu */
/** @typedef {{ id?: string, label: string, type: string, enabled: boolean, checked: boolean, role?: string, submenu: AppMenu | null, click: () => void }} Item */

// Chromium's window shows no menu of ours: who tests clicks in it by `clickIn`.
/** @param {any[]} template @returns {AppMenu} */
function menuOf(template) {
  if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array')
  return { items: template.map(itemOf) }
}

/** @param {any} options @returns {Item} */
function itemOf(options) {
  for (const key of Object.keys(options)) if (!OPTIONS.has(key)) throw new Error(`The stand-in for Electron has no menu item option ${key}`)
  const { id, label, role, type = options.submenu ? 'submenu' : 'normal', enabled = true, checked = false, accelerator, submenu, click } = options
  if (!TYPES.has(type)) throw new Error(`The stand-in for Electron has no menu item type ${type}`)
  if (role !== undefined && !ROLES.has(role)) throw new Error(`The stand-in for Electron has no menu role ${role}`)
  if (label === undefined && role === undefined && type !== 'separator') throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
  if (accelerator !== undefined && !KEY.test(accelerator)) throw new Error(`The stand-in for Electron does not know the accelerator ${accelerator}`)
  const item = {
    id,
    label: (label ?? role ?? '').replaceAll('&', ''),
    type,
    enabled,
    checked,
    role,
    submenu: submenu ? menuOf(submenu) : null,
    click: () => click?.(item, undefined, {}),
  }
  return item
}

/** @type {AppMenu | null} */
let applicationMenu = null

/** Accelerators belong to the native menu: a key that is pressed in Chromium reaches the page alone. */
export const Menu = strict('Menu', {
  buildFromTemplate: (/** @type {any[]} */ template) => menuOf(template),
  /** @param {AppMenu | null} menu */
  setApplicationMenu(menu) {
    applicationMenu = menu
  },
})

/** The labels below each other, then what is clicked. @param {AppMenu | null} menu @param {string[]} path */
export function clickIn(menu, path) {
  const item = path.reduce(
    (/** @type {{ submenu: AppMenu | null } | null | undefined} */ at, label) => at?.submenu?.items.find((one) => one.label === label),
    { submenu: menu },
  )
  if (!item || !('click' in item)) throw new Error(`There is no menu item ${path.join(' → ')}`)
  const found = /** @type {Item} */ (item)
  if (!found.enabled) throw new Error(`The menu item ${path.join(' → ')} is disabled`)
  found.click()
}

/** @param {string[]} path */
export function clickInApplicationMenu(path) {
  clickIn(applicationMenu, path)
}
