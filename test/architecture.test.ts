import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The arrows of docs/architecture.md. A room may import itself, the rooms named here, and the packages named here; `node:*`
 * stands for Node's own modules.
 */
const ROOMS: Readonly<Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>> = {
  shared: { rooms: [], packages: ['zod'] },
  preload: { rooms: ['shared'], packages: ['electron'] },
  renderer: {
    rooms: ['shared'],
    packages: ['react', 'react-dom', 'zustand', 'recharts', 'd3-shape', '@mantine/*', '@tanstack/*', '@tabler/*', '@fontsource-variable/*'],
  },
  'main/engine': { rooms: ['shared'], packages: [] },
  'main/operator': { rooms: ['shared', 'main/engine'], packages: [] },
  'main/desktop': { rooms: ['shared', 'main/operator'], packages: ['electron', 'node:*'] },
  'main/redis': { rooms: ['shared'], packages: ['ioredis', 'node:*'] },
  'main/queue': { rooms: ['shared', 'main/engine'], packages: ['ioredis', 'zod', 'node:*'] },
  'main/governor': { rooms: ['shared', 'main/engine'], packages: ['ioredis', 'zod', 'node:*'] },
  'main/analysis': { rooms: ['shared', 'main/engine'], packages: ['zod', 'bignumber.js', 'lossless-json', '@scure/base', 'undici', 'node:*'] },
  'main/transfer': { rooms: ['shared'], packages: ['csv-parse', 'csv-stringify', 'lossless-json', 'bignumber.js', 'node:*'] },
  'main/result-index': { rooms: ['shared'], packages: ['node:*'] },
  'main/settings': { rooms: ['shared'], packages: ['smol-toml', 'env-paths', 'zod', 'node:*'] },
  'main/simulator': { rooms: ['shared'], packages: ['zod', 'lossless-json', '@scure/base', 'node:*'] },
  'main/assembly': {
    rooms: ['shared', 'main', ...inMain('engine', 'operator', 'redis', 'queue', 'governor', 'analysis', 'transfer', 'settings', 'simulator', 'result-index')],
    packages: ['node:*'],
  },
  'main/cli': {
    rooms: ['shared', ...inMain('assembly', 'engine', 'operator', 'analysis', 'transfer', 'simulator')],
    packages: ['commander', 'node:*'],
  },
  // The composition roots (index.ts, cli.ts) and the clock that they hand to everybody.
  main: {
    rooms: ['shared', ...inMain('assembly', 'cli', 'desktop', 'engine', 'settings', 'simulator')],
    packages: ['electron', 'node:*'],
  },
}

function inMain(...names: string[]): string[] {
  return names.map((name) => `main/${name}`)
}

interface Import {
  readonly from: string
  readonly specifier: string
}

const src = resolve(import.meta.dirname, '../src')

function roomOf(file: string): string {
  const [top = '', second = ''] = file.split('/')
  return `${top}/${second}` in ROOMS ? `${top}/${second}` : top
}

function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\n[^'"\n;]*?)*?from\s*['"]([^'"]+)['"]|(?<!['"\w.-])import\s*\(?\s*['"]([^'"]+)['"]/g)
  return [...found].map(([, fromClause, bare]) => ({ from: file, specifier: fromClause ?? bare ?? '' }))
}

function violation({ from, specifier }: Import): string | null {
  const room = roomOf(from)
  const rule = ROOMS[room]
  if (!rule) return `${from}: the room ${room} is not in the table`
  if (specifier.startsWith('.')) {
    const target = roomOf(posix.join(dirname(from), specifier))
    const isAllowed = target === room || rule.rooms.includes(target)
    return isAllowed ? null : `${from}: ${room} may not import ${target} (${specifier})`
  }
  const isAllowed = rule.packages.some((name) =>
    name.endsWith('*') ? specifier.startsWith(name.slice(0, -1)) : specifier === name || specifier.startsWith(`${name}/`),
  )
  return isAllowed ? null : `${from}: ${room} may not import ${specifier}`
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(tsx?|mjs)$/.test(file))
  .map((file) => file.replaceAll('\\', '/'))
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(src, file), 'utf8')))

describe('the arrows between the rooms', () => {
  it('hold for every import', () => {
    expect(imports.map(violation).filter((line) => line !== null)).toEqual([])
  })

  it('are read from real code', () => {
    expect(files.length).toBeGreaterThan(80)
    expect(imports).toContainEqual({ from: 'main/engine/batch.ts', specifier: './ports' })
    expect(imports).toContainEqual({ from: 'main/queue/redis-work-queue.ts', specifier: '../engine/ports' })
  })

  it.each([
    ['main/engine/engine.ts', '../queue/redis-work-queue'],
    ['main/engine/engine.ts', 'ioredis'],
    ['main/operator/operator.ts', '../queue/reads'],
    ['main/queue/reads.ts', 'electron'],
    ['renderer/views/x.tsx', '../../main/engine/engine'],
    ['renderer/views/x.tsx', 'node:fs'],
    ['shared/frames.ts', 'react'],
    ['main/desktop/ipc.ts', '../engine/engine'],
  ])('would be broken by %s importing %s', (from, specifier) => {
    expect(violation({ from, specifier })).not.toBeNull()
  })

  it('have no cycle', () => {
    const reaches = (room: string, goal: string, seen = new Set<string>()): boolean =>
      (ROOMS[room]?.rooms ?? []).some((next) => {
        if (next === goal) return true
        return !seen.has(next) && (seen.add(next), reaches(next, goal, seen))
      })
    // main holds both the roots and the clock, which the assembly hands out: that one loop is of files, not of code.
    const looped = Object.keys(ROOMS).filter((room) => reaches(room, room) && !['main', 'main/assembly', 'main/cli'].includes(room))
    expect(looped).toEqual([])
  })

  it('leave Electron to the desktop room and the entry', () => {
    const users = imports.filter(({ specifier }) => specifier === 'electron').map(({ from }) => from)
    expect(users.filter((file) => !/^(main\/(desktop\/|index\.ts)|preload\/)/.test(file))).toEqual([])
  })
})

describe('the code', () => {
  it('names no absolute path and no registry', () => {
    const repository = resolve(src, '..')
    const own = ['src', 'test', 'scripts', 'stand-in', 'docs'].flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    const lockfile = join(repository, 'package-lock.json')
    const offenders = [...own, lockfile].filter((file) => {
      const text = readFileSync(file, 'utf8')
      return text.includes(`${repository}/`) || (file === lockfile && text.includes('"resolved":'))
    })
    expect(offenders.map((file) => relative(repository, file))).toEqual([])
  })
})
