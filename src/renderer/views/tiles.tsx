import { useMemo, type ReactNode } from 'react'
import { Sparkline } from '../charts/sparkline'
import { formatCount, formatLatency, formatRange, formatRate, formatRoughRange, formatShare, formatStatedRate, UNKNOWN } from '../format'
import { useConsoleStore, usePicture } from '../store/console-context'
import { progressOf } from '../store/progress'
import { windowOf } from '../store/ranges'
import { rowsOf, type ChartRow } from '../store/series'
import { text } from '../text'
import { Meter } from './meter'
import classes from './tiles.module.css'

const t = text.tiles

/** The figures that answer: how far, how fast, how near to the limit, how long each takes, and at what cost. */
export function Tiles() {
  return (
    <div className={classes.tiles}>
      <ProgressTile />
      <GoodputTile />
      <QuotaTile />
      <TimeTile />
      <CostTile />
    </div>
  )
}

function GoodputTile() {
  const now = usePicture((picture) => formatRate(picture.gauges.goodputPerSecond))
  const run = usePicture((picture) => formatRate(picture.gauges.runGoodputPerSecond))
  return (
    <Tile name={t.goodput} value={now} unit={t.pairsPerSecond} detail={run === UNKNOWN ? t.notMeasured : t.overTheRun(run)}>
      <Trail field="done" tone="good" />
    </Tile>
  )
}

interface TrailProps {
  readonly field: 'done' | 'pairMsP50'
  readonly tone: 'good' | 'calm'
}

/** A figure over the last minute. */
function Trail({ field, tone }: TrailProps) {
  const store = useConsoleStore()
  const newestMs = usePicture((picture) => picture.points.at(-1)?.atMs)
  const values = useMemo(() => {
    const { picture } = store.getState()
    if (picture === null || newestMs === undefined) return []
    return rowsOf(picture.points, windowOf('1m', { ...picture, run: null })).map((row: ChartRow) => row[field])
  }, [store, newestMs, field])
  return <Sparkline values={values} slots={60} tone={tone} />
}

function QuotaTile() {
  const { acceptedPerSecond, quotaPerSecond, refusedShare } = usePicture((picture) => picture.gauges)
  const refused = refusedShare === null ? t.notMeasured : t.refused(formatShare(refusedShare))
  if (quotaPerSecond === null) {
    return (
      <Tile name={t.requests} value={formatRate(acceptedPerSecond)} unit={t.acceptedPerSecond} detail={refusedShare === null ? t.quotaUnknown : refused} />
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
  return (
    <Tile
      name={t.timePerPair}
      value={formatLatency(pairMsP50)}
      unit={t.p50}
      detail={pairMsP95 === null ? t.notMeasured : t.p95(formatLatency(pairMsP95))}
      more={pairMsP95 === null ? null : t.requestsEach(formatRate(requestsPerPair))}
    >
      <Trail field="pairMsP50" tone="calm" />
    </Tile>
  )
}

function ProgressTile() {
  const ledger = usePicture((picture) => picture.ledger)
  const progress = progressOf(ledger)
  const left = usePicture(({ state, gauges }) => (state.kind === 'running' && gauges.etaSeconds !== null ? formatRange(gauges.etaSeconds) : null))
  const toDo = progress === null ? t.nothingToDo : progress.remaining === 0 ? t.allFinished : t.toDo(formatCount(progress.remaining))
  return (
    <Tile name={t.progress} value={progress === null ? UNKNOWN : formatShare(floored(progress.share))} unit={t.finished} detail={left === null ? toDo : t.timeLeft(left)} more={left === null ? null : toDo}>
      <Meter share={progress?.share ?? null} tone="good" />
    </Tile>
  )
}

/** Counted by the provider's price list, since the start of the app. */
function CostTile() {
  const { spent, budget, toCome } = usePicture((picture) => picture.gauges.computeUnits)
  const isOver = usePicture(({ ledger }) => progressOf(ledger)?.remaining === 0)
  const detail = isOver ? t.nothingToCome : toCome === null ? t.notMeasured : t.willCost(formatRoughRange(toCome))
  return (
    <Tile name={t.computeUnits} value={formatCount(spent)} unit={budget === null ? t.spentSoFar : t.ofBudget(formatCount(budget))} detail={detail}>
      {budget !== null && <Meter share={spent / budget} tone={toCome !== null && spent + toCome.high > budget ? 'caution' : 'calm'} />}
    </Tile>
  )
}

/** To whole percents downwards: 100 % is said when nothing is left. */
function floored(share: number): number {
  return Math.floor(share * 100) / 100
}

interface TileProps {
  readonly name: string
  readonly value: string
  readonly unit: string
  readonly detail: string
  /** Said besides where there is room. */
  readonly more?: string | null
  readonly children?: ReactNode
}

function Tile({ name, value, unit, detail, more = null, children }: TileProps) {
  return (
    <section className={classes.tile} aria-label={name}>
      <h2>{name}</h2>
      <p className={classes.value}>
        <span data-unknown={value === UNKNOWN || undefined}>{value}</span> <small>{unit}</small>
      </p>
      <p className={classes.detail}>
        {detail}
        {more !== null && <span className={classes.more}> · {more}</span>}
      </p>
      {children}
    </section>
  )
}
