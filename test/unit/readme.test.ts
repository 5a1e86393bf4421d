import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { ATTEMPT_COLUMNS } from '../../src/shared/attempt'
import { RESULT_COLUMNS } from '../../src/shared/result'

it.each([
  ['results', RESULT_COLUMNS],
  ['attempts', ATTEMPT_COLUMNS],
])('the README names every column of the %s, in order, as the code does', (_, columns) => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')
  const rows = columns.map(({ name, unit, about }) => `| \`${name}\` | ${unit} | ${about} |`)
  const table = ['| column | unit | meaning |', '| --- | --- | --- |', ...rows].join('\n')
  expect(readme).toContain(table)
})
