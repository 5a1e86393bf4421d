import { expect, it } from 'vitest'
import { knownPerSecond } from '../../../../src/main/governor/quota-reports'

const told = (requests: number, windowSeconds: number, quotaPerSecond: number | null = null) => ({ told: { by: 'settings' as const, plan: null, limits: [{ requests, windowSeconds }] }, quotaPerSecond })
const learned = (quotaPerSecond: number | null) => ({ told: { by: 'settings' as const, plan: null, limits: [] }, quotaPerSecond })

it.each([
  ['no account', [], null],
  ['a quota that was said, before anything was sent', [told(600, 60)], 10],
  ['what was said before what was learned', [told(600, 60, 12)], 10],
  ['a quota that was learned', [learned(14.8)], 14.8],
  ['the sum of one that was said and one that was learned', [told(600, 60), learned(15)], 25],
  ['nothing while one is being learned', [told(600, 60), learned(null)], null],
])('the quota of all accounts is %s', (_, quotas, perSecond) => {
  expect(knownPerSecond(quotas)).toBe(perSecond)
})
