import { useMemo } from 'react'
import type { ValueScale } from '../charts/scales'
import type { TuningChartProps } from '../charts/tuning-chart'
import { sizeScale } from '../charts/tuning-scale'
import { shownSize } from '../store/batch-size-wish'
import { useConsole, usePicture, usePictureInTurn } from '../store/console-context'
import { LAW_AT_MOST_TIMES } from '../store/size-advice'
import { selectTuning } from '../store/tuning'

const NO_FINDINGS: TuningChartProps['findings'] = []

/** What the chart of goodput against batch size draws. It is the very same until something of it has changed. */
export function useTuningChart(): TuningChartProps {
  const tuning = usePictureInTurn(selectTuning)
  const wish = useConsole((state) => state.wish)
  const asked = usePicture((picture) => picture.gauges.batchSize.asked)
  const inForce = usePicture((picture) => picture.gauges.batchSize.inForce)
  const lawSize = usePicture((picture) => picture.gauges.batchSize.advised?.size ?? null)
  const findings = usePicture(({ gauges: { sweep } }) => (sweep === null || sweep.state === 'cancelled' ? NO_FINDINGS : sweep.findings))
  const trying = usePicture(({ gauges: { sweep } }) => (sweep?.state === 'running' ? sweep.size : null))
  const shown = shownSize(wish, asked)
  const sizes = useStill(scaleOf({ tuning, findings, others: [inForce, shown, trying], lawSize }))
  const wishedSize = shown === inForce ? null : shown
  return useMemo(() => ({ tuning, sizes, wishedSize, findings, trying }), [tuning, sizes, wishedSize, findings, trying])
}

interface Sizes extends Pick<TuningChartProps, 'tuning' | 'findings'> {
  readonly others: readonly (number | null)[]
  readonly lawSize: number | null
}

function scaleOf({ tuning, findings, others, lawSize }: Sizes): ValueScale {
  const all = [...others, ...findings.map(({ size }) => size)]
  const largest = Math.max(...tuning.samples.map(({ size }) => size), ...all.map((size) => size ?? 0))
  // A law far beyond would press all else to the edge.
  return sizeScale(tuning, lawSize !== null && lawSize <= largest * LAW_AT_MOST_TIMES ? [...all, lawSize] : all)
}

/** The very same scale for as long as it reads the same. */
function useStill(scale: ValueScale): ValueScale {
  const key = JSON.stringify(scale)
  return useMemo(() => JSON.parse(key), [key])
}
