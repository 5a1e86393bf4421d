import { describe, expect, test } from 'vitest'
import { compareLastTwo } from '../../../../src/renderer/store/epoch-comparison'
import { epoch, point } from '../fixtures'
import { chance, normal } from './synthetic-tuning'

/** Seconds of work with about so many pairs done in each. */
function seconds(fromMs: number, count: number, mean: number, seed: number) {
  const random = chance(seed)
  return Array.from({ length: count }, (_, i) =>
    point(fromMs + i * 1000, { done: Math.max(0, Math.round(mean + 2 * normal(random))), inFlight: 20, requestsSent: 15, requestsAccepted: 15 }),
  )
}

const epochs = [epoch(1, { endedAtMs: 60_000 }), epoch(2, { startedAtMs: 60_000, batchSize: 35 })]

describe('the last two epochs', () => {
  test('are compared over equal time, and a difference beyond chance is called that', () => {
    const comparison = compareLastTwo([...seconds(0, 60, 12, 1), ...seconds(60_000, 40, 15, 2)], epochs)
    expect(comparison).toMatchObject({ kind: 'compared', seconds: 35, isMoreThanChance: true })
    if (comparison.kind !== 'compared') return
    expect(comparison.change).toBeGreaterThan(0.15)
    expect(comparison.change - comparison.margin).toBeGreaterThan(0)
    expect(comparison.b.epoch.batchSize).toBe(35)
  })

  test('call a difference chance nine times of ten where there is none', () => {
    const verdicts = Array.from({ length: 200 }, (_, i) => compareLastTwo([...seconds(0, 60, 12, 2 * i), ...seconds(60_000, 60, 12, 2 * i + 1)], epochs))
    const chanceCalls = verdicts.filter((comparison) => comparison.kind === 'compared' && !comparison.isMoreThanChance)
    expect(chanceCalls.length / verdicts.length).toBeGreaterThan(0.85)
  })

  test('are not compared before both have worked for fifteen seconds after their start', () => {
    const comparison = compareLastTwo([...seconds(0, 60, 12, 1), ...seconds(60_000, 12, 15, 2)], epochs)
    expect(comparison).toMatchObject({ kind: 'too-early', seconds: 8, needed: 15 })
  })

  test('pass over one that was too short to tell, such as a step on the way', () => {
    const three = [epoch(1, { endedAtMs: 40_000 }), epoch(2, { startedAtMs: 40_000, endedAtMs: 50_000 }), epoch(3, { startedAtMs: 50_000 })]
    const comparison = compareLastTwo([...seconds(0, 50, 12, 1), ...seconds(50_000, 30, 15, 2)], three)
    expect(comparison).toMatchObject({ kind: 'compared', a: { epoch: { number: 1 } }, b: { epoch: { number: 3 } } })
  })

  test('do not count a pause as work', () => {
    const pause = Array.from({ length: 30 }, (_, i) => point(80_000 + i * 1000))
    const points = [...seconds(0, 60, 12, 1), ...seconds(60_000, 20, 12, 2), ...pause, ...seconds(110_000, 12, 12, 3)]
    expect(compareLastTwo(points, epochs)).toMatchObject({ kind: 'compared', seconds: 25, isMoreThanChance: false })
  })

  test('count the short pauses of classic pacing as part of it', () => {
    const pauses = Array.from({ length: 10 }, (_, i) => point(80_000 + i * 1000))
    const points = [...seconds(0, 60, 12, 1), ...seconds(60_000, 20, 12, 2), ...pauses, ...seconds(90_000, 12, 12, 3)]
    const comparison = compareLastTwo(points, epochs)
    expect(comparison).toMatchObject({ kind: 'compared', seconds: 35 })
    if (comparison.kind === 'compared') expect(comparison.change).toBeLessThan(-0.2)
  })

  test('need two epochs in which something was finished', () => {
    expect(compareLastTwo(seconds(0, 60, 12, 1), [epoch(1, { finished: 0 }), epoch(2)])).toEqual({ kind: 'too-few' })
  })
})
