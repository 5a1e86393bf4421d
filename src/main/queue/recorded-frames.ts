import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { z } from 'zod'
import type { RecordedFrame } from '../../shared/runs'
import { pointOfRow, rowOfPoint } from './point-cells'
import { keptFrameSchema } from './recorded-frame-schema'

const VERSION = 1
/** A part is some ten kilobytes; what unfolds to more is none of ours. */
const MOST_BYTES = 32 * 1024 * 1024
const partSchema = z.tuple([z.literal(VERSION), z.array(keptFrameSchema)])

const [deflate, inflate] = [promisify(deflateRaw), promisify(inflateRaw)]

/** Frames as Redis keeps them. Most of a frame is as it was in the one before: deflated they take about a twelfth. */
export function packed(frames: readonly RecordedFrame[]): Promise<Buffer> {
  const part: z.input<typeof partSchema> = [
    VERSION,
    frames.map((frame) => ({ ...copyOf(frame), points: frame.points.map((point) => [point.seconds, rowOfPoint(point)]) })),
  ]
  return deflate(JSON.stringify(part))
}

/** None where the part cannot be read, or is of another version of Sluice. */
export async function unpacked(part: Buffer): Promise<RecordedFrame[]> {
  const read = partSchema.safeParse(await parsed(part))
  if (!read.success) return []
  return read.data[1].map((frame) => ({
    ...frame,
    points: frame.points.map(([seconds, row]) => ({ ...pointOfRow(row), seconds })),
  }))
}

/** The lists of a frame cannot be written to; those of the schema can. */
function copyOf({ gauges, batches, log, markers, epochs, ...rest }: RecordedFrame) {
  const sweep = gauges.sweep && { ...gauges.sweep, findings: [...gauges.sweep.findings] }
  return { ...rest, gauges: { ...gauges, sweep, quotas: [...gauges.quotas] }, batches: [...batches], log: [...log], markers: [...markers], epochs: [...epochs] }
}

async function parsed(part: Buffer): Promise<unknown> {
  try {
    return JSON.parse((await inflate(part, { maxOutputLength: MOST_BYTES })).toString('utf8'))
  } catch {
    return null
  }
}
