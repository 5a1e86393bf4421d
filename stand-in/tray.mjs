import { EventEmitter } from 'node:events'
import { clickIn } from './menu.mjs'
import { strict } from './strict.mjs'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47])

export const nativeImage = strict('nativeImage', {
  /** @param {Buffer} bytes @param {{ scaleFactor?: number }} [options] */
  createFromBuffer(bytes, options = {}) {
    for (const key of Object.keys(options)) if (key !== 'scaleFactor') throw new Error(`The stand-in for Electron has no image option ${key}`)
    return strict('NativeImage', { isEmpty: () => !bytes.subarray(0, 4).equals(PNG), setTemplateImage() {} })
  },
})

/** @type {Set<AppTray>} */
const trays = new Set()

/** Chromium puts nothing into the tray for us: what would be there is known to who tests, by `trayWords` and `clickInTray`. */
class AppTray extends EventEmitter {
  /** @type {any} */
  menu = null
  toolTip = ''

  /** @param {{ isEmpty(): boolean }} image */
  constructor(image) {
    super()
    if (image.isEmpty()) throw new Error('A tray needs an image')
    trays.add(this)
  }

  setToolTip(/** @type {string} */ text) {
    this.toolTip = text
  }

  setContextMenu(/** @type {any} */ menu) {
    this.menu = menu
  }

  destroy() {
    trays.delete(this)
  }

  isDestroyed() {
    return !trays.has(this)
  }
}

export const Tray = new Proxy(AppTray, { construct: (Made, [image]) => strict('Tray', new Made(image)) })

export function trayWords() {
  return [...trays].map(({ toolTip, menu }) => [toolTip, ...(menu?.items ?? []).map((/** @type {{ label: string }} */ { label }) => label)])[0] ?? []
}

/** @param {string[]} path */
export function clickInTray(path) {
  clickIn([...trays][0]?.menu ?? null, path)
}
