import { expect, it } from 'vitest'
import { formatCell } from '../../../src/renderer/format-results'

it.each([
  ['2026-01-02T14:03:07Z', /^2026-01-0\d \d\d:\d\d$/],
  ['run 12', /^run 12$/],
  ['1767362587', /^1767362587$/],
])('the discovery’s %j is written as a moment where it is one, else as it came', (cell, words) => {
  expect(formatCell('discovered_at', cell)).toMatch(words)
})
