import { useMemo, type ReactNode } from 'react'
import { Sparkline } from '../charts/sparkline'
import { formatCount, formatLatency, formatRate, formatRoughRange, formatShare, formatStatedRate, UNKNOWN } from '../format'
import { useConsoleStore, usePicture } from '../store/console-context'
import { windowOf } from '../store/ranges'
import { remainingOf } from '../store/run-controls'
import { rowsOf } from '../store/series'
import { waitingOf } from '../store/waiting'
import { text } from '../text'
import { Meter } from './meter'
import classes from './tiles.module.css'

const t = text.tiles

/** The four figures that answer: how fast, how near to the limit, how long each, and where the time goes. */
export function Tiles() {
  return (
    <div className={classes.tiles}>
      <GoodputTile />
      <QuotaTile />
      <TimeTile />
      <LastTile />
    </div>
  )
}

/** Only classic pacing waits between batches; what requests cost is asked of the other. */
function LastTile() {
  return usePicture(({ gauges }) => gauges.pacing.kind) === 'classic' ? <WaitingTile /> : <CostTile />
}

function CostTile() {
  const { spent, budget, toCome } = usePicture((picture) => picture.gauges.computeUnits)
  const remaining = usePicture(({ ledger }) => (ledger === null ? null : remainingOf(ledger)))
  const detail = remaining === 0 ? t.nothingToCome : toCome === null ? t.notMeasured : t.willCost(formatRoughRange(toCome))
  return (
    <Tile name={t.computeUnits} value={formatCount(spent)} unit={budget === null ? t.spentSoFar : t.ofBudget(formatCount(budget))} detail={detail}>
      {budget !== null && <Meter share={spent / budget} tone={toCome !== null && spent + toCome.high > budget ? 'caution' : 'calm'} />}
    </Tile>
  )
}

function GoodputTile() {
  const now = usePicture((picture) => formatRate(picture.gauges.goodputPerSecond))
  const run = usePicture((picture) => formatRate(picture.gauges.runGoodputPerSecond))
  return (
    <Tile name={t.goodput} value={now} unit={t.pairsPerSecond} detail={run === UNKNOWN ? t.notMeasured : t.overTheRun(run)}>
      <GoodputTrail />
    </Tile>
  )
}

/** Pairs done per second over the last minute. */
function GoodputTrail() {
  const store = useConsoleStore()
  const newestMs = usePicture((picture) => picture.points.at(-1)?.atMs)
  const values = useMemo(() => {
    const { picture } = store.getState()
    if (picture === null || newestMs === undefined) return []
    return rowsOf(picture.points, windowOf('1m', { ...picture, run: null })).map((row) => row.done)
  }, [store, newestMs])
  return <Sparkline values={values} slots={60} />
}

function QuotaTile() {
  const { acceptedPerSecond, quotaPerSecond, refusedShare } = usePicture((picture) => picture.gauges)
  const refused = refusedShare === null ? t.notMeasured : t.refused(formatShare(refusedShare))
  if (quotaPerSecond === null) {
    return (
      <Tile name={t.requests} value={formatRate(acceptedPerSecond)} unit={t.acceptedPerSecond} detail={`${t.quotaUnknown} · ${refused}`} />
    )
  }
  const share = acceptedPerSecond === null ? null : acceptedPerSecond / quotaPerSecond
  return (
    <Tile name={t.quotaUsed} value={formatShare(share)} unit={t.ofQuota(formatStatedRate(quotaPerSecond))} detail={refused}>
      <Meter share={share} tone="good" />
    </Tile>
  )
}

function TimeTile() {
  const { pairMsP50, pairMsP95, requestsPerPair } = usePicture((picture) => picture.gauges)
  const detail = pairMsP95 === null ? t.notMeasured : t.timeDetail(formatLatency(pairMsP95), formatRate(requestsPerPair))
  return (
    <Tile name={t.timePerPair} value={formatLatency(pairMsP50)} unit={t.p50} detail={detail}>
      <Meter share={pairMsP50 !== null && pairMsP95 ? pairMsP50 / pairMsP95 : null} tone="calm" />
    </Tile>
  )
}

function WaitingTile() {
  const batches = usePicture((picture) => picture.batches)
  const waiting = useMemo(() => waitingOf(batches), [batches])
  return (
    <Tile
      name={t.waiting}
      value={formatShare(waiting?.share ?? null)}
      unit={t.ofTheTime}
      detail={waiting ? t.lastBatches(waiting.batches) : t.notMeasured}
    >
      <Meter share={waiting?.share ?? null} tone="caution" />
    </Tile>
  )
}

interface TileProps {
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly detail: string
  readonly children?: ReactNode
}

function Tile({ name, value, unit, detail, children }: TileProps) {
  return (
    <section className={classes.tile} aria-label={name}>
      <h2>{name}</h2>
      <p className={classes.value}>
        <span data-unknown={value === UNKNOWN || undefined}>{value}</span> <small>{unit}</small>
      </p>
      <p className={classes.detail}>{detail}</p>
      {children}
    </section>
  )
}
