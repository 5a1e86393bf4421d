import { expect, it } from 'vitest'
import { steadyWallMs, systemClock } from '../../../src/main/system-clock'

const HOUR_MS = 3_600_000

it('the wall clock follows a clock that is set ahead, and goes on where one is set back', () => {
  let [wallMs, monotonicMs] = [1_000_000_000_000, 50]
  const steady = steadyWallMs(() => wallMs, () => monotonicMs)
  const pass = (ms: number) => {
    wallMs += ms
    monotonicMs += ms
  }
  expect(steady()).toBe(1_000_000_000_000)
  pass(1000)
  expect(steady()).toBe(1_000_000_001_000)
  wallMs -= HOUR_MS
  pass(1000)
  expect(steady()).toBe(1_000_000_002_000)
  pass(HOUR_MS)
  expect(steady()).toBe(1_000_003_602_000)
  wallMs += 2 * HOUR_MS
  expect(steady()).toBe(1_000_007_202_000)
})

it('a task runs once, after its time, unless it was called off', async () => {
  const ran: string[] = []
  systemClock.after(5, () => ran.push('first'))
  systemClock.after(5, () => ran.push('called off'))()
  await systemClock.sleep(20)
  expect(ran).toEqual(['first'])
})

it('the system clock tells the time of this machine', () => {
  expect(Math.abs(systemClock.wallMs() - Date.now())).toBeLessThan(1000)
})
