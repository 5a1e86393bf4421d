/** Options of a window that are honoured, or that only say how it looks, which is Chromium's affair here. */
const WINDOW_OPTIONS = ['title', 'x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'show', 'backgroundColor', 'autoHideMenuBar', 'webPreferences']

/** What a page of Chromium is by itself, and cannot be made otherwise. */
const AS_CHROMIUM_IS = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
}

/** Preferences that may have any value: the first is honoured, the others are Chromium's own affair. */
const FREE = ['preload', 'devTools', 'spellcheck']

/**
 * Throws at an option that the stand-in does not know, and at one that it cannot honour.
 * @param {Record<string, any>} options as they are given to `new BrowserWindow()`
 */
export function checkWindowOptions(options) {
  for (const name of Object.keys(options)) {
    if (!WINDOW_OPTIONS.includes(name)) throw new Error(`The stand-in for Electron does not know the window option ${name}`)
  }
  for (const [name, value] of Object.entries(options.webPreferences ?? {})) {
    if (FREE.includes(name)) continue
    const only = Reflect.get(AS_CHROMIUM_IS, name)
    if (only === undefined) throw new Error(`The stand-in for Electron does not know the web preference ${name}`)
    if (value !== only) throw new Error(`The stand-in for Electron cannot run with ${name}: ${value}`)
  }
}
