import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, posix, win32 } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APP_SCHEME, WINDOW_URL, rendererFileOf, serveRenderer } from '../../../../src/main/desktop/app-protocol'

describe('rendererFileOf', () => {
  it('names the file and its type', () => {
    expect(rendererFileOf(WINDOW_URL)).toEqual({ path: 'index.html', mimeType: 'text/html; charset=utf-8' })
    expect(rendererFileOf('app://sluice/assets/index-C_x-9.js')?.path).toBe('assets/index-C_x-9.js')
    expect(rendererFileOf('app://sluice/assets/inter-latin-wght-normal.woff2')?.mimeType).toBe('font/woff2')
  })

  it('leaves a query and a fragment aside', () => {
    expect(rendererFileOf('app://sluice/index.html?theme=dark#top')?.path).toBe('index.html')
  })

  it.each([
    ['no file', 'app://sluice/'],
    ['a folder', 'app://sluice/assets/'],
    ['another host', 'app://other/index.html'],
    ['a host that begins like ours', 'app://sluice.example/index.html'],
    ['a user and a port', 'app://me@sluice:80/index.html'],
    ['another scheme', 'file://sluice/index.html'],
    ['a parent', 'app://sluice/../package.json'],
    ['a parent further in', 'app://sluice/assets/../../main/index.js'],
    ['an encoded parent', 'app://sluice/%2e%2e/main/index.js'],
    ['an encoded slash', 'app://sluice/..%2fmain%2findex.js'],
    ['a doubly encoded parent', 'app://sluice/%252e%252e/main/index.js'],
    ['a backslash', 'app://sluice/..\\main\\index.js'],
    ['an encoded backslash', 'app://sluice/..%5cmain%5cindex.js'],
    ['a NUL', 'app://sluice/index.html\0.js'],
    ['an encoded NUL', 'app://sluice/secret%00.html'],
    ['a line break after the name', 'app://sluice/index.html\n'],
    ['an absolute path', 'app://sluice//etc/passwd.html'],
    ['a drive', 'app://sluice/C:/index.html'],
    ['an alternate stream', 'app://sluice/index.html::$DATA'],
    ['a hidden file', 'app://sluice/.env.html'],
    ['a type that the app does not serve', 'app://sluice/index.json'],
    ['a name without a type', 'app://sluice/index'],
  ])('refuses %s', (_what, url) => {
    expect(rendererFileOf(url)).toBeNull()
  })

  it('stays below the folder, whatever is asked for and on whichever system', () => {
    const pieces = ['..', '.', '/', '\\', '%2e', '%2f', '%5c', '%00', '\0', 'a', '.html', '.js', ':', '?', '#']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (asked) => {
        const file = rendererFileOf(`app://sluice/${asked.join('')}`)
        if (!file) return
        expect(posix.resolve('/renderer', file.path)).toBe(`/renderer/${file.path}`)
        expect(win32.resolve('C:\\renderer', file.path)).toBe(`C:\\renderer\\${file.path.replaceAll('/', '\\')}`)
      }),
    )
  })
})

describe('serveRenderer', () => {
  let folder = ''
  let serve: ReturnType<typeof serveRenderer>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-renderer-'))
    await mkdir(join(folder, 'renderer/assets'), { recursive: true })
    await mkdir(join(folder, 'renderer/folder.js'))
    await mkdir(join(folder, 'renderer-old'))
    await writeFile(join(folder, 'renderer/index.html'), '<title>Sluice</title>')
    await writeFile(join(folder, 'renderer/assets/page.js'), 'export {}')
    await writeFile(join(folder, 'secret.html'), 'secret')
    await writeFile(join(folder, 'renderer-old/page.js'), 'secret')
    await symlink(join(folder, 'secret.html'), join(folder, 'renderer/link.html'))
    await symlink(join(folder, 'renderer-old'), join(folder, 'renderer/old'))
    serve = serveRenderer(join(folder, 'renderer'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('serves a file of the build with its type', async () => {
    const response = await serve(new Request('app://sluice/assets/page.js'))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await response.text()).toBe('export {}')
  })

  it.each([
    ['a missing file', 'app://sluice/assets/none.js'],
    ['a file used as a folder', 'app://sluice/index.html/page.js'],
    ['a folder named like a file', 'app://sluice/folder.js'],
    ['a link to a file outside', 'app://sluice/link.html'],
    ['a link to a folder outside whose name begins like ours', 'app://sluice/old/page.js'],
    ['a path that leads out', 'app://sluice/%2e%2e%2fsecret.html'],
  ])('answers 404 for %s', async (_what, url) => {
    const response = await serve(new Request(url))
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('Not found')
  })

  it('answers 404 to anything but a GET', async () => {
    expect((await serve(new Request(WINDOW_URL, { method: 'POST', body: 'x' }))).status).toBe(404)
  })

  it('sends the protections with every answer, a refusal included', async () => {
    for (const url of [WINDOW_URL, 'app://sluice/none.html']) {
      const { headers } = await serve(new Request(url))
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('content-security-policy')).not.toBeNull()
    }
  })

  it('allows the page nothing but its own files', async () => {
    const { headers } = await serve(new Request(WINDOW_URL))
    const policy = new Map((headers.get('content-security-policy') ?? '').split('; ').map((line) => splitOnce(line)))
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'font-src': "'self'",
      'img-src': "'self' data:",
      'connect-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    })
  })
})

describe('the scheme', () => {
  it('is an origin of its own that bypasses nothing', () => {
    expect(APP_SCHEME).toEqual({ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } })
  })
})

function splitOnce(directive: string): [string, string] {
  const space = directive.indexOf(' ')
  return [directive.slice(0, space), directive.slice(space + 1)]
}
