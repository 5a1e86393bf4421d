import { useMemo } from 'react'
import type { TuningChartProps } from '../charts/tuning-chart'
import { shownSize } from '../store/batch-size-wish'
import { useConsole, usePicture } from '../store/console-context'
import { selectTuning } from '../store/tuning'

/** What the chart of goodput against batch size draws. It is the very same until something of it has changed. */
export function useTuningChart(): TuningChartProps {
  const tuning = usePicture(selectTuning)
  const wish = useConsole((state) => state.wish)
  const asked = usePicture((picture) => picture.gauges.batchSize.asked)
  const inForce = usePicture((picture) => picture.gauges.batchSize.inForce)
  const lawSize = usePicture((picture) => picture.gauges.batchSize.advised?.size ?? null)
  const goodputPerSecond = usePicture(({ state, gauges }) => (state.kind === 'running' ? drawnRate(gauges.goodputPerSecond) : null))
  const findingsKey = usePicture(({ gauges: { sweep } }) => (sweep === null || sweep.state === 'cancelled' ? '[]' : JSON.stringify(sweep.findings)))
  const trying = usePicture(({ gauges: { sweep } }) => (sweep?.state === 'running' ? sweep.size : null))
  const shown = shownSize(wish, asked)
  // Each frame brings the same findings anew: they are told apart by what they say.
  const findings = useMemo<TuningChartProps['findings']>(() => JSON.parse(findingsKey), [findingsKey])
  return useMemo(
    () => ({
      tuning,
      now: { size: inForce, goodputPerSecond },
      lawSize,
      wishedSize: shown === inForce ? null : shown,
      findings,
      trying,
    }),
    [tuning, inForce, goodputPerSecond, lawSize, shown, findings, trying],
  )
}

/** Three digits: finer steps could not be seen, and each would draw the chart anew. */
function drawnRate(perSecond: number | null): number | null {
  return perSecond === null ? null : Number(perSecond.toPrecision(3))
}
