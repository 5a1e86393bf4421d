import { describe, expect, it, onTestFinished } from 'vitest'
import { Agenda } from '../../../../bench/quota/agenda'
import { NodeClock } from '../../../../bench/quota/node-clock'

function clockAt(startMs: number): NodeClock {
  const clock = new NodeClock(new Agenda(startMs), () => 0.5)
  onTestFinished(() => clock.restore())
  return clock
}

describe("Node's clock on virtual time", () => {
  it('lets promises settle before time goes on', async () => {
    const clock = clockAt(1000)
    const seen: number[] = []
    const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
    // An event every ms, which time could run away to.
    setInterval(() => {}, 1)
    void (async () => {
      for (let i = 0; i < 3; i += 1) {
        await wait(10.9)
        for (let step = 0; step < 20; step += 1) await Promise.resolve()
        seen.push(Date.now())
      }
    })()
    await clock.runUntil(2000)
    expect(seen).toEqual([1010, 1020, 1030])
  })

  it('repeats an interval until it is cleared, and forgets a timer that is', async () => {
    const clock = clockAt(0)
    let ticks = 0
    const interval = setInterval(() => {
      ticks += 1
      if (ticks === 3) clearInterval(interval)
    }, 100)
    clearTimeout(setTimeout(() => (ticks = 99), 50))
    await clock.runUntil(1000)
    expect(ticks).toBe(3)
  })

  it('gives time and chance back', () => {
    const [now, random, timeout] = [Date.now, Math.random, globalThis.setTimeout]
    new NodeClock(new Agenda(0), () => 0.5).restore()
    expect([Date.now, Math.random, globalThis.setTimeout]).toEqual([now, random, timeout])
  })
})
