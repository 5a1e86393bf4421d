import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { CustomScheme } from 'electron'

/** The page's origin as Chromium writes it; commands are accepted from it alone. */
export const APP_ORIGIN = 'app://sluice'
/** The one page of the app. */
export const WINDOW_URL = `${APP_ORIGIN}/index.html`

/**
 * To be registered before the app is ready. Standard gives it an origin, secure makes that origin a trusted one, and the
 * fetch API is what Electron's own example of protocol.handle has for pages with module scripts; the policy below leaves
 * the page nothing to fetch.
 */
export const APP_SCHEME = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true },
} as const satisfies CustomScheme

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Mantine writes style elements and attributes at run time.
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/**
 * Answers requests for `app://sluice/…` with the files under `rootDir` (the built renderer), and with 404 for all else:
 * other hosts, other types, paths and links that lead out of it.
 */
export function serveRenderer(rootDir: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const file = request.method === 'GET' ? rendererFileOf(request.url) : null
    const body = file && (await readInside(rootDir, file.path))
    if (!file || !body) return new Response('Not found', { status: 404, headers: SECURITY_HEADERS })
    return new Response(body, { headers: { ...SECURITY_HEADERS, 'Content-Type': file.mimeType } })
  }
}

/** A path below the renderer's folder, with '/' between its parts, and the type that its extension stands for. */
export interface RendererFile {
  readonly path: string
  readonly mimeType: string
}

/**
 * Which file a URL asks for, null when it asks for none that the app may serve. Nothing is decoded: names that the
 * build emits need no escapes, so an escape, a backslash, a NUL or a part that begins with a dot is refused.
 */
export function rendererFileOf(url: string): RendererFile | null {
  const path = /^app:\/\/sluice\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)(?:[?#]|$)/.exec(url)?.[1]
  const mimeType = path && MIME_TYPES[extname(path)]
  return mimeType ? { path, mimeType } : null
}

async function readInside(rootDir: string, path: string): Promise<Buffer<ArrayBuffer> | null> {
  try {
    const root = await realpath(rootDir)
    const file = await realpath(join(root, path))
    return file.startsWith(root + sep) ? await readFile(file) : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR'
}
