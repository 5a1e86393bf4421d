import { describe, expect, it } from 'vitest'
import { ChartRecorder } from '../../../../src/main/operator/chart-recorder'
import type { ChartPart, Recollection } from '../../../../src/main/operator/ports'
import { Telemetry } from '../../../../src/main/operator/telemetry'

const T = 1_700_000_000_000
const NOTHING: Recollection = { points: [], markers: [], batches: [], epochs: [] }

function consoleOver(known: Recollection) {
  const clock = { nowMs: T }
  const telemetry = new Telemetry(() => clock.nowMs, () => 20, () => {})
  const kept: ChartPart[] = []
  const archive = { known, isBroken: false, append: async (part: ChartPart) => {
    if (archive.isBroken) throw new Error('Redis is away')
    kept.push(part)
  } }
  return { clock, telemetry, kept, archive, recorder: new ChartRecorder(telemetry, archive) }
}

describe('the recorder of the charts', () => {
  it('keeps each second and each marker once, and nothing where nothing is new', async () => {
    const { clock, telemetry, kept, recorder } = consoleOver(NOTHING)
    telemetry.countRequest('accepted')
    telemetry.mark({ kind: 'operator', text: '20 → 35' })
    clock.nowMs = T + 2500
    telemetry.rollup.advance(clock.nowMs)
    await recorder.keep()
    await recorder.keep()
    expect(kept).toHaveLength(1)
    expect(kept[0]?.points.map(({ atMs }) => atMs)).toEqual([T, T + 1000])
    expect(kept[0]?.markers).toMatchObject([{ text: '20 → 35' }])
    clock.nowMs = T + 3500
    telemetry.rollup.advance(clock.nowMs)
    await recorder.keep()
    expect(kept[1]?.points.map(({ atMs }) => atMs)).toEqual([T + 2000])
  })

  it('has it all again once Redis is back', async () => {
    const { clock, telemetry, kept, archive, recorder } = consoleOver(NOTHING)
    telemetry.rollup.advance(T)
    archive.isBroken = true
    telemetry.mark({ kind: 'redis', text: 'Redis lost' })
    clock.nowMs = T + 5000
    telemetry.rollup.advance(clock.nowMs)
    await expect(recorder.keep()).rejects.toThrow('Redis is away')
    archive.isBroken = false
    await recorder.keep()
    expect(kept).toMatchObject([{ points: { length: 5 }, markers: [{ text: 'Redis lost' }] }])
  })

  it('shows what an earlier console kept, before what comes, and does not keep that twice', async () => {
    const before = consoleOver(NOTHING)
    before.telemetry.rollup.advance(T)
    before.telemetry.mark({ kind: 'engine', text: 'held' })
    before.clock.nowMs = T + 1000
    before.telemetry.rollup.advance(T + 1000)
    await before.recorder.keep()
    const { clock, telemetry, kept, recorder } = consoleOver({ ...NOTHING, ...before.kept[0] })
    clock.nowMs = T + 60_000
    telemetry.rollup.advance(clock.nowMs)
    telemetry.rollup.advance(clock.nowMs + 1000)
    expect(telemetry.rollup.since(0).map(({ atMs }) => atMs - T)).toEqual([0, 60_000, 61_000])
    expect(telemetry.markers.since(0)).toMatchObject([{ text: 'held' }])
    await recorder.keep()
    expect(kept).toMatchObject([{ points: [{ atMs: T + 60_000 }], markers: [] }])
  })
})
