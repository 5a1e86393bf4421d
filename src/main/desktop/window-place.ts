import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'

/** Where a window was, in the screen's device-independent pixels, and whether it was maximized from there. */
export interface WindowPlace {
  readonly bounds: Rectangle
  readonly isMaximized: boolean
}

/** So much of a window must be on a screen that a person can take hold of its title. */
const GRASP_PX = { width: 120, height: 40 }

/** The place that was kept in `file`; null where there is none, or what is there is none. */
export function keptPlace(file: string): WindowPlace | null {
  try {
    return placeOf(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Keeps the place of the window in `file` when it is closed. A place that cannot be kept is only told. */
export function keepPlace(window: BrowserWindow, file: string, log: (line: string) => void): void {
  window.on('close', () => {
    const place: WindowPlace = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeFileSync(`${file}.new`, `${JSON.stringify(place)}\n`, { mode: 0o600 })
      renameSync(`${file}.new`, file)
    } catch (error) {
      log(`The place of the window was not kept: ${error instanceof Error ? error.message : String(error)}`)
    }
  })
}

/** The place, as far as these screens still show it: a screen may have been unplugged since. Null where they do not. */
export function placeOn(screens: readonly Rectangle[], place: WindowPlace | null): WindowPlace | null {
  const isShown = (screen: Rectangle, { x, y, width }: Rectangle) =>
    Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x) >= GRASP_PX.width &&
    y >= screen.y &&
    y <= screen.y + screen.height - GRASP_PX.height
  return place !== null && screens.some((screen) => isShown(screen, place.bounds)) ? place : null
}

function placeOf(kept: unknown): WindowPlace | null {
  if (!isRecord(kept) || !isRecord(kept['bounds'])) return null
  const { x, y, width, height } = kept['bounds']
  const isPlace = [x, y, width, height].every((n) => Number.isInteger(n) && Math.abs(Number(n)) < 100_000)
  if (!isPlace || Number(width) <= 0 || Number(height) <= 0) return null
  return {
    bounds: { x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
    isMaximized: kept['isMaximized'] === true,
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
