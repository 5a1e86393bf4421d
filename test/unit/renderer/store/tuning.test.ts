import { describe, expect, test } from 'vitest'
import { pictureOf, withFrame } from '../../../../src/renderer/store/picture'
import { tuningOf, tuningSelector } from '../../../../src/renderer/store/tuning'
import { epoch, frame, NO_RUN_GAUGES, points } from '../fixtures'

const startMs = 1_700_000_000_000
const working = { ready: 100, inFlight: 20, done: 12, requestsAccepted: 15 }
const gauges = { ...NO_RUN_GAUGES, pacing: { kind: 'adaptive', waitMs: 0, why: '' }, quotaPerSecond: 15, requestsPerPair: 1.25 } as const
const first = frame(1, { gauges, points: points(startMs, 31, working), epochs: [epoch(1)] })

describe('the tuning', () => {
  test('is the very same until there may be another sample', () => {
    const select = tuningSelector()
    const picture = pictureOf(first, null)
    const soon = withFrame(picture, frame(2, { gauges, points: points(startMs + 31_000, 3, working) }))
    const later = withFrame(soon, frame(3, { gauges, points: points(startMs + 34_000, 2, working) }))
    expect(select(soon)).toBe(select(picture))
    expect(select(later).samples.length).toBe(select(picture).samples.length + 1)
  })

  test('is the same for the same frames, whatever was asked before', () => {
    const frames = [frame(2, { gauges, points: points(startMs + 31_000, 3, working) }), frame(3, { gauges, points: points(startMs + 34_000, 3, working) })]
    const followed = tuningSelector()
    let picture = pictureOf(first, null)
    for (const next of frames) {
      picture = withFrame(picture, next)
      followed(picture)
    }
    expect(followed(picture)).toEqual(tuningOf(picture))
    const twice = frames.reduce(withFrame, frames.reduce(withFrame, pictureOf(first, null)))
    expect(tuningOf(twice)).toEqual(tuningOf(picture))
  })

  test('takes the quota in pairs from what the governor knows, else from the settings', () => {
    const quota = { number: 1, account: 'a', told: { by: 'settings', plan: null, limits: [] }, quotaPerSecond: 25, uncertainty: 0, source: 'learned', permittedPerSecond: 25, engines: 1, heldForMs: 0, why: '' } as const
    expect(tuningOf(pictureOf(first, null)).capacityPerSecond).toBe(12)
    expect(tuningOf(pictureOf({ ...first, gauges: { ...gauges, quotas: [quota] } }, null)).capacityPerSecond).toBe(20)
    expect(tuningOf(pictureOf({ ...first, gauges: { ...gauges, quotaPerSecond: null } }, null)).capacityPerSecond).toBeNull()
  })
})
