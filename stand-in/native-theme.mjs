import { EventEmitter } from 'node:events'
import { preventable, strict } from './strict.mjs'

/** What a test says that the system asks for: '1' is dark. */
const forced = process.env['SLUICE_STAND_IN_DARK']

/** Light or dark: what the app has chosen, else what the system asks for. Emits 'updated' when that changes. */
class NativeTheme extends EventEmitter {
  /** @type {'system' | 'light' | 'dark'} */
  #source = 'system'
  #systemIsDark = forced === '1'

  get themeSource() {
    return this.#source
  }

  set themeSource(source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`nativeTheme.themeSource cannot be ${source}`)
    if (source === this.#source) return
    this.#source = source
    this.emit('updated', preventable())
  }

  get shouldUseDarkColors() {
    return this.#source === 'system' ? this.#systemIsDark : this.#source === 'dark'
  }

  /** What Chromium says of the system. It does not count where a test has said it, nor while the app's choice hides it. */
  noticeSystem(/** @type {boolean} */ isDark) {
    if (forced !== undefined || this.#source !== 'system' || isDark === this.#systemIsDark) return
    this.#systemIsDark = isDark
    this.emit('updated', preventable())
  }

  /** What a page must be told, as DevTools calls it: nothing where Chromium's own answer is the right one. */
  mediaFeatures() {
    if (this.#source === 'system' && forced === undefined) return []
    return [{ name: 'prefers-color-scheme', value: this.shouldUseDarkColors ? 'dark' : 'light' }]
  }
}

/** The whole of it, for the stand-in itself. */
export const theme = new NativeTheme()
export const nativeTheme = strict('nativeTheme', theme)
