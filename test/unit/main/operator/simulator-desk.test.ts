import { describe, expect, it } from 'vitest'
import { SimulatorDesk } from '../../../../src/main/operator/simulator-desk'
import { simulatorKnobsSchema, type SimulatorKnobs } from '../../../../src/shared/simulator-knobs'

const atFirst: SimulatorKnobs = { requestsPerSecond: 15, latencyMs: 600, errorPercent: 0 }

function deskOver(inForce: SimulatorKnobs | null) {
  const said: string[] = []
  let now = inForce ?? atFirst
  const api = { read: () => now, turn: (knobs: SimulatorKnobs) => (now = knobs) }
  return { desk: new SimulatorDesk(inForce && api, (words, marker) => said.push(words, marker)), said }
}

describe('the simulator of the demo', () => {
  it('is turned, and what has changed is told and marked', () => {
    const { desk, said } = deskOver(atFirst)
    expect(desk.turn({ ...atFirst, requestsPerSecond: 50, errorPercent: 5 })).toMatchObject({ requestsPerSecond: 50 })
    expect(said).toEqual(['Simulator: quota 15 → 50/s, errors 0 → 5 %', 'API quota 15 → 50/s, errors 0 → 5 %'])
    expect(desk.read()).toEqual({ requestsPerSecond: 50, latencyMs: 600, errorPercent: 5 })
    desk.turn({ requestsPerSecond: 50, latencyMs: 600, errorPercent: 5 })
    expect(said).toHaveLength(2)
  })

  it('is not there where real pairs are worked', () => {
    const { desk, said } = deskOver(null)
    expect(desk.read()).toBeNull()
    expect(desk.turn(atFirst)).toBeNull()
    expect(said).toEqual([])
  })

  it('takes nothing beyond its bounds', () => {
    for (const knobs of [{ requestsPerSecond: 0 }, { requestsPerSecond: 201 }, { latencyMs: -1 }, { errorPercent: 51 }, { latencyMs: 1.5 }]) {
      expect(simulatorKnobsSchema.safeParse({ ...atFirst, ...knobs }).success).toBe(false)
    }
  })
})
