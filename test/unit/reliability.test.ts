import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

it.each([
  ['docs/reliability.md', 20],
  ['docs/security.md', 20],
])('every test that the promises in %s lean on is there', (document, atLeast) => {
  const test = resolve(import.meta.dirname, '..')
  const files = readdirSync(test, { recursive: true, encoding: 'utf8' }).map((file) => `/${file.replaceAll('\\', '/')}`)
  const text = readFileSync(resolve(test, '..', document), 'utf8')
  const whole = [...text.matchAll(/`(?:test\/)?([\w/-]+\.test\.ts)`/g)].map(([, name]) => name ?? '')
  const short = [...text.matchAll(/`(e2e\/[\w-]+)`/g)].map(([, name]) => `${name}.test.ts`)
  const named = [...whole, ...short]
  expect(named.length).toBeGreaterThan(atLeast)
  expect(named.filter((name) => !files.some((file) => file.endsWith(`/${name}`)))).toEqual([])
})
