import { describe, expect, it } from 'vitest'
import { Agenda } from '../../../../bench/quota/agenda'
import { seeded } from '../../../../bench/quota/chance'
import { startSluice } from '../../../../bench/quota/sluice-client'
import { VirtualApi } from '../../../../bench/quota/virtual-api'
import { TwinWatch } from '../../../../src/main/governor/twins'
import type { LAWS } from '../../../../src/main/simulator/quota'

/** Two learners that take themselves for two accounts: seconds until they are found to be one; null when never. */
function secondsUntilFound({ law, isOne, seconds }: { law: (typeof LAWS)[number]; isOne: boolean; seconds: number }): number | null {
  const random = seeded(5)
  const startMs = Date.UTC(2026, 0, 1)
  const agenda = new Agenda(startMs)
  const limits = [{ requests: 50, windowMs: 1000, law, burst: 50 }]
  const api = () => new VirtualApi({ limits, headers: 'none', jitterMs: 1 }, agenda, random)
  const first = api()
  const watch = new TwinWatch()
  let found: number | null = null
  for (const [i, one] of [first, isOne ? first : api()].entries()) {
    startSluice(one, agenda, 1, false, ({ sentMs, accepted, inTrain }) => {
      const twin = watch.sight({ account: i + 1, sentMs, accepted, inTrain })
      if (twin !== null) found ??= (agenda.nowMs - startMs) / 1000
    })
  }
  agenda.runUntil(startMs + seconds * 1000)
  return found
}

describe('two accounts', () => {
  it.each(['bucket', 'fixed'] as const)('that share one quota are found to be one: %s', (law) => {
    expect(secondsUntilFound({ law, isOne: true, seconds: 900 })).not.toBeNull()
  }, 60_000)

  it.each(['bucket', 'fixed', 'sliding'] as const)('that have a quota each are never taken for one: %s', (law) => {
    expect(secondsUntilFound({ law, isOne: false, seconds: 1800 })).toBeNull()
  }, 60_000)

  it('that are both refused in an outage of a minute are not taken for one', () => {
    const watch = new TwinWatch()
    const found = [1, 2].map(() => null as number | null)
    for (let sentMs = 0; sentMs < 600_000; sentMs += 100) {
      const isOut = sentMs > 300_000 && sentMs < 360_000
      for (const account of [1, 2]) found[account - 1] ??= watch.sight({ account, sentMs, accepted: !isOut, inTrain: false })
    }
    expect(found).toEqual([null, null])
  })
})
