import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

it('every test that the promises in docs/reliability.md lean on is there', () => {
  const test = resolve(import.meta.dirname, '..')
  const files = readdirSync(test, { recursive: true, encoding: 'utf8' }).map((file) => `/${file.replaceAll('\\', '/')}`)
  const text = readFileSync(resolve(test, '../docs/reliability.md'), 'utf8')
  const named = [...text.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, name]) => name ?? '')
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => !files.some((file) => file.endsWith(`/${name}`)))).toEqual([])
})
