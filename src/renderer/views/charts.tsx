import { useMemo } from 'react'
import { DepthChart } from '../charts/depth-chart'
import { RefusalsChart } from '../charts/refusals-chart'
import { ThroughputChart, type PairQuota } from '../charts/throughput-chart'
import { useNextFrame } from '../charts/use-next-frame'
import { RangeSwitch } from '../controls/range-switch'
import { chartDataSelector } from '../store/chart-data'
import { useConsole, usePicture } from '../store/console-context'
import { phaseOf } from '../store/run-controls'
import { text } from '../text'

/** The three charts over one time axis. */
export function Charts() {
  // One chart a frame: to draw all three at once would hold up keys and pointer.
  const range = useConsole((state) => state.range)
  const select = useMemo(() => chartDataSelector(range), [range])
  const data = usePicture(select)
  const refusalsData = useNextFrame(data)
  const depthData = useNextFrame(refusalsData)
  const hasRun = usePicture(({ gauges, ledger }) => gauges.run !== null || (ledger !== null && ledger.done + ledger.failed > 0))
  const isEmpty = usePicture(({ ledger }) => phaseOf(ledger) === 'empty')
  const aside = useMemo(() => <RangeSwitch />, [])
  const emptyText = hasRun ? null : isEmpty ? text.empty.noPairs : text.empty.notStarted
  return (
    <>
      <ThroughputChart data={data} quota={usePairQuota()} emptyText={emptyText} aside={aside} />
      <RefusalsChart data={refusalsData} />
      <DepthChart data={depthData} />
    </>
  )
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
