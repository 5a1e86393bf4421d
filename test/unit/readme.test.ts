import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { RESULT_COLUMNS } from '../../src/shared/result'

it('the README names every column of the results, in order, as the code does', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')
  const rows = RESULT_COLUMNS.map(({ name, unit, about }) => `| \`${name}\` | ${unit} | ${about} |`)
  const table = ['| column | unit | meaning |', '| --- | --- | --- |', ...rows].join('\n')
  expect(readme).toContain(table)
})
