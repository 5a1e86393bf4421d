import { describe, expect, it } from 'vitest'
import { LeaseKeeper } from '../../../../src/main/engine/lease-keeper'
import type { HeldPair } from '../../../../src/main/engine/ports'
import { ManualClock } from '../../../support/manual-clock'

/** A keeper over a queue that has lost these pairs; what it asked for, and what each holding was told. */
function keeper(lost: readonly string[] = []) {
  const asked: HeldPair[][] = []
  const clock = new ManualClock()
  const queue = {
    heartbeat: async (held: readonly HeldPair[]) => {
      asked.push([...held])
      return { lost: lost.filter((id) => held.some((pair) => pair.id === id)) }
    },
  }
  return { asked, clock, leases: new LeaseKeeper(queue, clock) }
}

describe('the leases', () => {
  it('are prolonged for what is unsettled at that moment, and no longer once it is let go', async () => {
    const { asked, leases } = keeper()
    let pairs = [{ id: 'a', token: 1 }, { id: 'b', token: 1 }]
    const release = leases.keep({ pairs: () => pairs, untilMs: 1000, onLost: () => {} })
    await leases.beat()
    pairs = pairs.slice(1)
    await leases.beat()
    release()
    await leases.beat()
    expect(asked.map((held) => held.map(({ id }) => id))).toEqual([['a', 'b'], ['b']])
  })

  it('of a batch that outlived the limit of its pairs are prolonged no more', async () => {
    const { asked, clock, leases } = keeper()
    leases.keep({ pairs: () => [{ id: 'a', token: 1 }], untilMs: 1000, onLost: () => {} })
    clock.advance(1001)
    await leases.beat()
    expect(asked).toEqual([])
  })

  it('that another engine has taken over are told to their batch alone', async () => {
    const { leases } = keeper(['b'])
    const told: string[] = []
    leases.keep({ pairs: () => [{ id: 'a', token: 1 }], untilMs: 1000, onLost: (ids) => told.push(...ids) })
    leases.keep({ pairs: () => [{ id: 'b', token: 2 }, { id: 'c', token: 2 }], untilMs: 1000, onLost: (ids) => told.push(...ids) })
    await leases.beat()
    expect(told).toEqual(['b'])
  })

  it('of a pair that came back to the same engine go by its newest token: the older batch has lost it, the newer keeps it', async () => {
    const { asked, leases } = keeper()
    const told: string[] = []
    leases.keep({ pairs: () => [{ id: 'a', token: 1 }], untilMs: 1000, onLost: () => told.push('older') })
    leases.keep({ pairs: () => [{ id: 'a', token: 5 }], untilMs: 1000, onLost: () => told.push('newer') })
    await leases.beat()
    expect(asked).toEqual([[{ id: 'a', token: 5 }]])
    expect(told).toEqual(['older'])
  })
})
