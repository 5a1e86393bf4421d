import type { Gauges } from '../../shared/frames'
import { compareLastTwo, type EpochComparison } from './epoch-comparison'
import type { Picture } from './picture'
import { groupBySize } from './size-groups'
import { fitTuning, type TuningModel } from './tuning-model'
import { SAMPLE_SECONDS, samplesOf, type TuningSample } from './tuning-samples'

/** What the tuning view draws and says. */
export interface Tuning {
  readonly pacing: Gauges['pacing']['kind']
  /** Of the present pacing, oldest first. */
  readonly samples: readonly TuningSample[]
  readonly model: TuningModel
  /** What the quota comes to in pairs per second; null where it is not known. */
  readonly capacityPerSecond: number | null
  readonly comparison: EpochComparison
}

/**
 * The selector of the tuning. It answers the very same until there may be another sample, so that the curve stands still between
 * two of them; the same picture gives the same tuning, whatever was asked before.
 */
export function tuningSelector(): (picture: Picture) => Tuning {
  let last: { readonly key: string; readonly tuning: Tuning } | null = null
  return (picture) => {
    const key = keyOf(picture)
    if (last?.key !== key) last = { key, tuning: tuningOf(picture) }
    return last.tuning
  }
}

/** The one that all components share: the fit is made once for all of them. */
export const selectTuning = tuningSelector()

/** From the picture and nothing else. */
export function tuningOf(picture: Pick<Picture, 'points' | 'batches' | 'epochs' | 'gauges'>): Tuning {
  const pacing = picture.gauges.pacing.kind
  const points = picture.points.filter(({ atMs }) => atMs <= untilMs(picture))
  const samples = samplesOf({ ...picture, points }, pacing)
  const capacityPerSecond = capacityOf(picture.gauges)
  const groups = groupBySize(samples, { dropsOutliers: pacing === 'adaptive' })
  const model = fitTuning(groups, { capacityPerSecond, mayFall: pacing === 'classic' })
  return { pacing, samples, model, capacityPerSecond, comparison: compareLastTwo(points, picture.epochs) }
}

/** Requests per pair change a little with every pair; what is drawn from them shall not tremble. */
function capacityOf({ quotas, quotaPerSecond, requestsPerPair }: Gauges): number | null {
  const known = quotas.map((quota) => quota.quotaPerSecond)
  const sum = known.reduce<number | null>((total, quota) => (total === null || quota === null ? null : total + quota), 0)
  const requests = quotas.length > 0 && sum !== null ? sum : quotaPerSecond
  return requests === null || !requestsPerPair ? null : Number((requests / requestsPerPair).toPrecision(2))
}

function keyOf(picture: Picture): string {
  const { generation, batches, epochs, gauges } = picture
  const spans = epochs.slice(-2).map(({ number, endedAtMs, finished }) => `${number}:${endedAtMs}:${finished > 0}`)
  const batch = gauges.pacing.kind === 'classic' ? batches.at(-1)?.number : 0
  return [generation, untilMs(picture), batch, gauges.pacing.kind, capacityOf(gauges), ...spans].join()
}

/** Unix ms of the newest round time that is over: seconds after it wait for the next one, wherever the look at them falls. */
function untilMs({ points }: Pick<Picture, 'points'>): number {
  const stepMs = SAMPLE_SECONDS * 1000
  return Math.floor((points.at(-1)?.atMs ?? 0) / stepMs) * stepMs
}
