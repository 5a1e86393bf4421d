import { describe, expect, it } from 'vitest'
import { windowOptions } from '../../../../src/main/desktop/window-options'

const setting = { preloadFile: '/app/out/preload/index.cjs', dark: true, packaged: true, bounds: null }

describe('windowOptions', () => {
  it('writes every protection out', () => {
    expect(windowOptions(setting).webPreferences).toEqual({
      preload: setting.preloadFile,
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
      devTools: false,
      spellcheck: false,
    })
  })

  it('has developer tools only while it is not packaged', () => {
    expect(windowOptions({ ...setting, packaged: false }).webPreferences?.devTools).toBe(true)
  })

  it('stays hidden until there is something to see, on the background of the theme', () => {
    expect(windowOptions(setting)).toMatchObject({ show: false, backgroundColor: '#0d1117' })
    expect(windowOptions({ ...setting, dark: false }).backgroundColor).toBe('#f4f6f9')
  })

  it('opens at 1440×900 and does not shrink below 1024×700', () => {
    expect(windowOptions(setting)).toMatchObject({ width: 1440, height: 900, minWidth: 1024, minHeight: 700 })
  })

  it('opens where it was', () => {
    const bounds = { x: 20, y: 30, width: 1200, height: 800 }
    expect(windowOptions({ ...setting, bounds })).toMatchObject({ ...bounds, minWidth: 1024 })
  })
})
