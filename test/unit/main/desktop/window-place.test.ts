import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keepPlace, keptPlace, placeOn } from '../../../../src/main/desktop/window-place'
import { ScratchFolder } from '../../../support/scratch-folder'

const place = { bounds: { x: 200, y: 100, width: 1200, height: 800 }, isMaximized: true }
const screen = { x: 0, y: 0, width: 1920, height: 1080 }

function scratchFile(): { readonly file: string; readonly folder: string } {
  const scratch = new ScratchFolder()
  onTestFinished(() => scratch.remove())
  return { file: scratch.at('window.json'), folder: scratch.path }
}

/** The part of Electron's window that is asked, at that place. */
function windowAt(): BrowserWindow {
  const window = { getNormalBounds: () => place.bounds, isMaximized: () => place.isMaximized }
  return Object.assign(new EventEmitter(), window) as unknown as BrowserWindow
}

describe('the place of the window', () => {
  it('is kept when it closes and found again, and no draft stays behind', () => {
    const { file, folder } = scratchFile()
    const window = windowAt()
    keepPlace(window, file, () => {})
    expect(keptPlace(file)).toBeNull()
    window.emit('close')
    expect(keptPlace(file)).toEqual(place)
    expect(readdirSync(folder)).toEqual(['window.json'])
    expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true)
  })

  it.each(['', 'no JSON', 'null', '[]', '{}', '{"bounds":{"x":"1","y":2,"width":3,"height":4}}', '{"bounds":{"x":0,"y":0,"width":0,"height":9}}'])(
    'is not taken from what is none: %s',
    (text) => {
      const { file } = scratchFile()
      writeFileSync(file, text)
      expect(keptPlace(file)).toBeNull()
    },
  )

  it('that cannot be kept is told, and the window closes all the same', () => {
    const said: string[] = []
    const window = windowAt()
    keepPlace(window, '/nowhere/window.json', (line) => said.push(line))
    window.emit('close')
    expect(said).toEqual([expect.stringMatching(/place of the window was not kept.*nowhere/)])
  })

  it('counts only where a screen still shows enough of it to take hold of', () => {
    expect(placeOn([screen], place)).toEqual(place)
    expect(placeOn([], place)).toBeNull()
    expect(placeOn([screen], null)).toBeNull()
    const at = (x: number, y: number) => placeOn([screen], { ...place, bounds: { ...place.bounds, x, y } })
    expect(at(1900, 100)).toBeNull()
    expect(at(1700, 100)).not.toBeNull()
    expect(at(-1150, 100)).toBeNull()
    expect(at(100, -30)).toBeNull()
    expect(at(100, 1060)).toBeNull()
    const second = { ...screen, x: 1920 }
    expect(placeOn([screen, second], { ...place, bounds: { ...place.bounds, x: 2500 } })).not.toBeNull()
  })
})
