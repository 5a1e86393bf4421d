import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import type { BatchRecord, EpochRecord } from '../../shared/frames'
import { MAX_BATCH_ROWS } from '../../shared/frames'
import type { ChartArchive, RunArchive } from '../operator/ports'
import { ChartRecording } from '../queue/chart-recording'
import { RunRecording } from '../queue/run-recording'
import { systemClock } from '../system-clock'
import type { Books } from './books'

/** The charts of the console that has its data in `userData`: those of the last hour, and where the next ones are kept. */
export async function chartsOf({ connection, queue, reader }: Books, userData: string): Promise<ChartArchive> {
  const recording = new ChartRecording(connection.redis, queue.keys, placeOf(userData))
  const epochs: EpochRecord[] = []
  for await (const epoch of reader.epochs()) epochs.push(epoch)
  const batches: BatchRecord[] = await reader.recentBatches(MAX_BATCH_ROWS)
  return {
    known: { ...(await recording.read(systemClock.wallMs())), batches: batches.toReversed(), epochs },
    append: (part) => recording.append(part),
  }
}

/** Where the runs of that console are kept. */
export function runsOf({ connection, queue }: Books, userData: string): RunArchive {
  return new RunRecording(connection.redis, queue.keys, placeOf(userData))
}

/** The name of a machine and its folders are nobody's business in a Redis that is shared. */
function placeOf(userData: string): string {
  return createHash('sha256').update(`${hostname()}\0${userData}`).digest('hex').slice(0, 16)
}
