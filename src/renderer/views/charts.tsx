import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { DepthChart } from '../charts/depth-chart'
import { PairTimesChart } from '../charts/pair-times-chart'
import { RefusalsChart } from '../charts/refusals-chart'
import { ThroughputChart, type PairQuota } from '../charts/throughput-chart'
import { useInTurn } from '../charts/use-in-turn'
import controls from '../controls/controls.module.css'
import { RangeSwitch } from '../controls/range-switch'
import { chartDataSelector, type ChartData } from '../store/chart-data'
import { useConsole, usePicture, usePictureInTurn } from '../store/console-context'
import { phaseOf } from '../store/run-controls'
import { hasOutcomes } from '../store/series'
import { text } from '../text'

const SECOND = (['refusals', 'pairTimes'] as const).map((value) => ({ value, label: text.charts.second[value] }))
type SecondChart = (typeof SECOND)[number]['value']

/** What the second chart shows. */
function SecondSwitch({ shown, onChange }: { readonly shown: SecondChart; readonly onChange: (second: SecondChart) => void }) {
  return (
    <SegmentedControl<SecondChart>
      aria-label={text.charts.second.title}
      data={SECOND}
      value={shown}
      onChange={onChange}
      withItemsBorders={false}
      classNames={{ root: controls.ranges ?? '', label: controls.range ?? '' }}
    />
  )
}

/** The three charts over one time axis. */
export function Charts() {
  const range = useConsole((state) => state.zoom ?? state.range)
  const select = useMemo(() => chartDataSelector(range), [range])
  const data = usePictureInTurn(select)
  const refusalsData = useInTurn(data)
  const depthData = useInTurn(refusalsData)
  const aside = useMemo(() => <RangeSwitch />, [])
  const [second, setSecond] = useState<SecondChart>('refusals')
  const secondSwitch = useMemo(() => <SecondSwitch shown={second} onChange={setSecond} />, [second])
  const emptyText = useEmptyText(data)
  return (
    <>
      <ThroughputChart data={data} quota={usePairQuota()} emptyText={emptyText} aside={aside} />
      {second === 'refusals' ? <RefusalsChart data={refusalsData} aside={secondSwitch} hasRun={emptyText === null} /> : <PairTimesChart data={refusalsData} aside={secondSwitch} />}
      <DepthChart data={depthData} />
    </>
  )
}

/** What is said in the place of a curve: never over one, such as that of an earlier start. */
function useEmptyText({ rows }: ChartData): string | null {
  const isZoomed = useConsole((state) => state.zoom !== null)
  const hasRun = usePicture(({ gauges, ledger }) => gauges.run !== null || (ledger !== null && ledger.done + ledger.failed > 0))
  const isEmpty = usePicture(({ ledger }) => phaseOf(ledger) === 'empty')
  if (isZoomed) return rows.length === 0 ? text.brush.gone : null
  if (hasRun || hasOutcomes(rows)) return null
  return isEmpty ? text.empty.noPairs : text.empty.notStarted
}

/** The quota in pairs, steady enough to be drawn: requests per pair change a little with every pair. */
function usePairQuota(): PairQuota | null {
  const requestsPerSecond = usePicture((picture) => picture.gauges.quotaPerSecond)
  const requestsPerPair = usePicture(({ gauges }) => gauges.requestsPerPair && Math.round(gauges.requestsPerPair * 20) / 20)
  return useMemo(
    () =>
      requestsPerSecond === null || !requestsPerPair
        ? null
        : { requestsPerSecond, pairsPerSecond: requestsPerSecond / requestsPerPair },
    [requestsPerSecond, requestsPerPair],
  )
}
