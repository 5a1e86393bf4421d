import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sharedWith } from '../../../../src/renderer/store/structural-sharing'

test('what says the same is the very same, part by part', () => {
  const before = { state: { kind: 'running' }, quotas: [{ told: { plan: 'standard' }, heldForMs: 0 }], atMs: 1 }
  const after = { state: { kind: 'running' }, quotas: [{ told: { plan: 'standard' }, heldForMs: 200 }], atMs: 1 }
  const shared = sharedWith(before, after)
  expect(shared).toEqual(after)
  expect(shared.state).toBe(before.state)
  expect(shared.quotas[0]?.told).toBe(before.quotas[0]?.told)
  expect(shared.quotas).not.toBe(before.quotas)
  expect(sharedWith(before, structuredClone(before))).toBe(before)
})

test.each([
  [[1], { 0: 1 }],
  [{ a: undefined }, {}],
  [{}, { a: undefined }],
  [[1, 2], [1]],
  [null, {}],
  [0, -0],
])('%j is not taken for %j', (before, after) => {
  expect(sharedWith(before, after)).toStrictEqual(after)
})

test('whatever was before, the values are those of after, and nothing is changed in place', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      const [wasBefore, wasAfter] = [structuredClone(before), structuredClone(after)]
      expect(sharedWith(before, after)).toStrictEqual(wasAfter)
      expect([before, after]).toStrictEqual([wasBefore, wasAfter])
      expect(sharedWith(before, structuredClone(before))).toBe(before)
    }),
  )
})
