import { expect, it } from 'vitest'
import { groupsOf } from '../../../../src/main/assembly/governed'

it('a limit for some endpoints counts these together, the tightest first, and leaves the others alone', () => {
  const groupOf = groupsOf([
    { requests: 50, windowSeconds: 1 },
    { requests: 30, windowSeconds: 1, endpoints: ['/wallet/v2/*', '/v1/wallet/*'] },
    { requests: 30, windowSeconds: 60, endpoints: ['/wallet/v2/pnl'] },
  ])
  expect(groupOf('/wallet/v2/list')?.intervalMs).toBeCloseTo(1000 / 30)
  expect(groupOf('/v1/wallet/x')?.name).toBe(groupOf('/wallet/v2/list')?.name)
  expect(groupOf('/wallet/v2/pnl')?.intervalMs).toBe(2000)
  expect(groupOf('/trader/txs/seek_by_time')).toBeNull()
})
