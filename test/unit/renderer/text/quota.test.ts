import { expect, it } from 'vitest'
import { quota } from '../../../../src/renderer/text/quota'
import type { PlanName } from '../../../../src/shared/plans'

const plan = (name: PlanName) => ({ plan: name, limits: [{ requests: 1, windowSeconds: 1 }] })
const own = { plan: null, limits: [{ requests: 7, windowSeconds: 1 }] }
const learned = { plan: null, limits: [] }

it.each([
  ['one account on a plan', [plan('starter')], 'Starter'],
  ['accounts on the same plan', [plan('starter'), plan('starter')], 'Starter'],
  ['limits of one’s own', [own], 'own limits'],
  ['a quota that is learned', [learned], 'quota learned'],
  ['accounts that differ', [plan('starter'), learned], 'quota by account'],
  ['no account at all', [], null],
])('says in the header what is in force for %s', (_, told, words) => {
  expect(quota.inForce(told)).toBe(words)
})
