import { strict } from './strict.mjs'

/**
 * Chromium knows no scheme of ours, so each is lent an https origin of its own: app://sluice/x is fetched as
 * https://sluice.app.stand-in.test/x, a name that no network resolves, and answered by the app's handler. Main only ever
 * sees the app's own URLs.
 */
const SUFFIX = '.stand-in.test'

/** @type {Map<string, ((request: Request) => Response | Promise<Response>) | null>} */
const schemes = new Map()

export const LENT_ORIGINS = `https://*${SUFFIX}/*`

/** @param {string} url @returns {string} the URL as Chromium is given it */
export function lent(url) {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(.*)$/.exec(url) ?? []
  return schemes.has(scheme) ? `https://${host}.${scheme}${SUFFIX}${rest || '/'}` : url
}

/** @param {string} url @returns {string} the URL as the app knows it */
export function own(url) {
  const [, host, scheme, rest] = /^https:\/\/([^/]+)\.([a-z0-9+-]+)\.stand-in\.test(\/.*)?$/.exec(url) ?? []
  return scheme === undefined ? url : `${scheme}://${host}${rest ?? ''}`
}

/** @param {string} url @returns {string} scheme and host, as Chromium writes an origin */
export function originOf(url) {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]*/.exec(own(url))?.[0] ?? 'null'
}

/** @param {string} url @returns {((request: Request) => Response | Promise<Response>) | null} the app's handler for a lent URL */
export function handlerFor(url) {
  const ours = own(url)
  return ours === url ? null : (schemes.get(ours.slice(0, ours.indexOf(':'))) ?? null)
}

/** @param {() => boolean} isReady */
export function protocolModule(isReady) {
  return strict('protocol', {
    /** @param {{ scheme: string }[]} list */
    registerSchemesAsPrivileged(list) {
      if (isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
      for (const { scheme } of list) schemes.set(scheme, null)
    },
    /** @param {string} scheme @param {(request: Request) => Response | Promise<Response>} handler */
    handle(scheme, handler) {
      if (!isReady()) throw new Error('protocol.handle should be called after app is ready')
      if (schemes.get(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
      schemes.set(scheme, handler)
    },
  })
}
