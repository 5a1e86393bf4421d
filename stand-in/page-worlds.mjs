/**
 * The two worlds of a page. Both functions are turned into text and run in the page before any script of it; they talk by
 * DOM events with a secret name, whose `detail` Chromium clones between the worlds, as Electron's bridge clones arguments.
 */

/**
 * The page's own world: builds what contextBridge.exposeInMainWorld() exposes.
 * @param {string} secret
 */
export function mainWorld(secret) {
  const listen = window.addEventListener.bind(window)
  const tell = (/** @type {object} */ detail) =>
    EventTarget.prototype.dispatchEvent.call(window, new CustomEvent(`${secret}-to-preload`, { detail }))
  // What Electron answers where the app denies windows. The stand-in has no windows but the app's own.
  const open = (/** @type {string | URL} */ url = 'about:blank') => {
    tell({ kind: 'open', url: new URL(url, document.baseURI).href })
    return null
  }
  Object.defineProperty(window, 'open', { value: open })
  /** @type {Map<number, Function>} */
  const callbacks = new Map()
  /** @type {Map<number, { resolve(value: any): void, reject(error: Error): void }>} */
  const promises = new Map()
  let last = 0
  /** @type {any} */
  let returned

  /** @param {any} value @returns {any} functions of the page become numbers on their way to the preload */
  const out = (value) => {
    if (typeof value === 'function') {
      callbacks.set(++last, value)
      return { $callback: last }
    }
    return Array.isArray(value) ? value.map(out) : value
  }
  /** @param {any} value @returns {any} */
  const back = (value) => {
    if (value === null || typeof value !== 'object') return value
    if (value.$function) {
      return (/** @type {any[]} */ ...args) => {
        tell({ kind: 'call', id: value.$function, args: out(args) })
        const { error, result } = returned
        if (error !== undefined) throw new Error(error)
        return back(result)
      }
    }
    if (value.$promise) return new Promise((resolve, reject) => promises.set(value.$promise, { resolve, reject }))
    if (Array.isArray(value)) return value.map(back)
    if (Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, back(item)]))
  }
  /** @param {any} value @returns {any} */
  const frozen = (value) => {
    if (value === null || typeof value !== 'object') return value
    Object.values(value).forEach(frozen)
    return Object.freeze(value)
  }

  listen(`${secret}-to-page`, (event) => {
    const { detail } = /** @type {CustomEvent<any>} */ (event)
    if (detail.kind === 'expose') Object.defineProperty(window, detail.key, { value: frozen(back(detail.api)), enumerable: true })
    else if (detail.kind === 'return') returned = detail
    else if (detail.kind === 'callback') callbacks.get(detail.id)?.(...back(detail.args))
    else if (detail.kind === 'settle') {
      const promise = promises.get(detail.id)
      promises.delete(detail.id)
      if (detail.error === undefined) promise?.resolve(back(detail.result))
      else promise?.reject(new Error(detail.error))
    }
  })
}

/**
 * The preload's world: a sandboxed preload's `require`, ipcRenderer and contextBridge.
 * @param {string} secret
 * @param {ReturnType<typeof import('./codec.mjs').makeCodec>} codec
 * @param {Function} preload the preload script as a CommonJS function
 */
export function preloadWorld(secret, codec, preload) {
  // Electron runs a preload in the top frame only, unless nodeIntegrationInSubFrames is on.
  if (window.top !== window) return
  const tell = (/** @type {object} */ detail) => window.dispatchEvent(new CustomEvent(`${secret}-to-page`, { detail }))
  const world = /** @type {any} */ (globalThis)
  const send = world.standInSend

  /** @type {Map<string, Set<Function>>} */
  const listeners = new Map()
  /** @type {Map<number, { channel: string, resolve(value: any): void, reject(error: Error): void }>} */
  const invocations = new Map()
  let last = 0
  const ipcRenderer = {
    on(/** @type {string} */ channel, /** @type {Function} */ listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      return ipcRenderer
    },
    off(/** @type {string} */ channel, /** @type {Function} */ listener) {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
    invoke(/** @type {string} */ channel, /** @type {any[]} */ ...args) {
      const id = ++last
      return new Promise((resolve, reject) => {
        const payload = codec.encode(args)
        invocations.set(id, { channel, resolve, reject })
        send(JSON.stringify({ kind: 'invoke', id, channel, payload }))
      })
    },
    send: (/** @type {string} */ channel, /** @type {any[]} */ ...args) =>
      send(JSON.stringify({ kind: 'send', channel, payload: codec.encode(args) })),
  }
  world.standInReceive = (/** @type {string} */ text) => {
    for (const message of JSON.parse(text)) {
      if (message.kind === 'push') {
        const args = /** @type {unknown[]} */ (codec.decode(message.payload))
        for (const listener of listeners.get(message.channel) ?? []) listener({ sender: ipcRenderer, ports: [] }, ...args)
        continue
      }
      const invocation = invocations.get(message.id)
      invocations.delete(message.id)
      if (message.error === undefined) invocation?.resolve(codec.decode(message.payload))
      else invocation?.reject(new Error(`Error invoking remote method '${invocation.channel}': ${message.error}`))
    }
  }

  /** @type {Map<number, Function>} */
  const functions = new Map()
  let lastFunction = 0
  let lastPromise = 0
  const messageOf = (/** @type {unknown} */ error) => String(error instanceof Error ? error.message : error)
  /** @param {any} value @returns {any} functions and promises become numbers on their way to the page */
  const out = (value) => {
    if (typeof value === 'function') {
      functions.set(++lastFunction, value)
      return { $function: lastFunction }
    }
    if (value instanceof Promise) {
      const id = ++lastPromise
      value.then(
        (result) => tell({ kind: 'settle', id, result: out(result) }),
        (error) => tell({ kind: 'settle', id, error: messageOf(error) }),
      )
      return { $promise: id }
    }
    if (Array.isArray(value)) return value.map(out)
    if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, out(item)]))
  }
  /** @param {any} value @returns {any} */
  const back = (value) => {
    if (value?.$callback) return (/** @type {any[]} */ ...args) => void tell({ kind: 'callback', id: value.$callback, args: out(args) })
    return Array.isArray(value) ? value.map(back) : value
  }
  window.addEventListener(`${secret}-to-preload`, (event) => {
    const { detail } = /** @type {CustomEvent<any>} */ (event)
    if (detail.kind === 'open') return send(JSON.stringify(detail))
    try {
      tell({ kind: 'return', result: out(functions.get(detail.id)?.(...back(detail.args))) })
    } catch (error) {
      tell({ kind: 'return', error: messageOf(error) })
    }
  })
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', () => send(JSON.stringify({ kind: 'theme', isDark: dark.matches })))

  const exposed = new Set()
  const contextBridge = {
    exposeInMainWorld(/** @type {string} */ key, /** @type {unknown} */ api) {
      if (exposed.has(key)) throw new Error('Cannot bind an API on top of an existing property on the window object')
      exposed.add(key)
      tell({ kind: 'expose', key, api: out(api) })
    },
  }

  const require = (/** @type {string} */ name) => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer }
    throw new Error(`module not found: ${name}`)
  }
  const module = { exports: {} }
  preload(module.exports, require, module)
}
