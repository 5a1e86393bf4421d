import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'

export interface WindowSetting {
  /** Absolute path of the built preload. */
  readonly preloadFile: string
  /** Whether the system asks for dark colours. */
  readonly dark: boolean
  /** A packaged app has no developer tools. */
  readonly packaged: boolean
  /** Where it was; null where it has not been before, or no screen shows that place any more. */
  readonly bounds: Rectangle | null
}

/** The background of the page in both themes, so that nothing flashes before the page has drawn itself. */
const BACKGROUND = { dark: '#0d1117', light: '#f4f6f9' }

/** The options of the console's window. Protections are written out even where they are Electron's defaults. */
export function windowOptions({ preloadFile, dark, packaged, bounds }: WindowSetting): BrowserWindowConstructorOptions {
  return {
    title: 'Sluice',
    width: 1440,
    height: 900,
    ...bounds,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    backgroundColor: dark ? BACKGROUND.dark : BACKGROUND.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
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
      devTools: !packaged,
      // Its dictionaries would be fetched from the network.
      spellcheck: false,
    },
  }
}
