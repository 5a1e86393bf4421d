import { describe, expect, it } from 'vitest'
import type { EngineEvent } from '../../../../src/main/engine/events'
import { FRAME_EVERY_MS, FramePace } from '../../../../src/main/operator/frame-pace'
import { MAX_FRAMES_PER_SECOND } from '../../../../src/shared/frames'

const inForce = (by: 'operator' | 'auto'): EngineEvent => ({ type: 'batch-size-in-force', from: 20, to: 35, by, why: '' })

describe('a frame of its own', () => {
  it('comes with what a person asked for, not with what the engine does by itself', () => {
    const pace = new FramePace(() => 0)
    expect(pace.isDue({ type: 'steadied' })).toBe(false)
    expect(pace.isDue(inForce('auto'))).toBe(false)
    expect(pace.isDue(inForce('operator'))).toBe(true)
  })

  it('comes with each of a few quick clicks', () => {
    let nowMs = 0
    const pace = new FramePace(() => nowMs)
    for (nowMs = 0; nowMs < 800; nowMs += 200) expect(pace.isDue(inForce('operator'))).toBe(true)
    expect(pace.isDue(inForce('operator'))).toBe(false)
    nowMs = 1000
    expect(pace.isDue(inForce('operator'))).toBe(true)
  })

  it('never makes more frames in a second than are allowed, however fast somebody clicks', () => {
    let nowMs = 0
    let nextMs = 0
    const pace = new FramePace(() => nowMs)
    const frames: number[] = []
    for (; nowMs <= 10_000; nowMs += 1) {
      if (nowMs >= nextMs) {
        frames.push(nowMs)
        nextMs += FRAME_EVERY_MS
      }
      if (pace.isDue(inForce('operator'))) frames.push(nowMs)
    }
    for (const from of frames) expect(frames.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(MAX_FRAMES_PER_SECOND)
    expect(frames.length).toBeGreaterThan(65)
  })
})
