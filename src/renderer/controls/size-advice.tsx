import { MAX_BATCH_SIZE, MIN_BATCH_SIZE } from '../../shared/batch-size'
import { formatChange, formatCount, formatRate, formatSpan } from '../format'
import { positionOfSize, shownSize } from '../store/batch-size-wish'
import { useConsole, usePicture, usePictureInTurn } from '../store/console-context'
import { remainingOf } from '../store/run-controls'
import { adviceOf, worthwhileSize, type SizeAdvice } from '../store/size-advice'
import { selectTuning } from '../store/tuning'
import type { TuningModel } from '../store/tuning-model'
import { text } from '../text'
import classes from './size-advice.module.css'

const t = text.tuning.advice

/** What the size under the slider is expected to do, before it is let go; else what the size worth going to would do. */
export function SizeAdviceLine() {
  const { model } = usePictureInTurn(selectTuning)
  const wish = useConsole((state) => state.wish)
  const { asked, inForce, advised } = usePicture((picture) => picture.gauges.batchSize)
  const remaining = usePicture(({ ledger }) => (ledger === null ? 0 : remainingOf(ledger)))
  const isAsking = wish.kind !== 'none'
  const target = isAsking ? shownSize(wish, asked) : worthwhileSize(model, advised?.size ?? null)
  if (target === null || (isAsking && target === inForce)) return <KneeLine model={model} best={null} />
  const advice = adviceOf(model, inForce, target, remaining)
  if (!isAsking && (advice.kind === 'unknown' || advice.verdict !== 'better')) {
    const isBest = model.knee.kind === 'found' && advice.kind === 'expected' && advice.verdict === 'same'
    return <KneeLine model={model} best={isBest ? inForce : null} />
  }
  return (
    <div className={classes.advice} data-asking={isAsking || undefined} role="status" aria-label={t.title} data-testid="size-advice">
      <AdviceWords advice={advice} isAsking={isAsking} />
    </div>
  )
}

interface KneeLineProps {
  readonly model: TuningModel
  /** The size in force, where none brings more. */
  readonly best: number | null
}

function KneeLine({ model, best }: KneeLineProps) {
  return (
    <div className={classes.advice} role="status" aria-label={t.title} data-testid="size-advice">
      {best !== null && <p>{t.best(formatCount(best))}</p>}
      <p className={best === null ? undefined : classes.detail}>{kneeWords(model)}</p>
      <RefusalWords advice={{ refusals: model.refusals }} />
    </div>
  )
}

/** On the slider: the size worth going to, and where refusals begin. */
export function SizeMarks() {
  const { model } = usePictureInTurn(selectTuning)
  const advised = usePicture(({ gauges }) => gauges.batchSize.advised?.size ?? null)
  const best = worthwhileSize(model, advised)
  const refusals = model.refusals.kind === 'between' ? model.refusals.about : null
  const isCrowded = best !== null && refusals !== null && Math.abs(wayTo(refusals) - wayTo(best)) < CROWDED
  return (
    <div className={classes.marks}>
      {best !== null && <SizeMark kind="best" size={best} words={isCrowded && wayTo(best) <= ROOM_FOR_BEST ? '' : t.marks.best(formatCount(best))} side={isCrowded && wayTo(best) > ROOM_FOR_BEST ? 'left' : 'right'} />}
      {refusals !== null && (
        <SizeMark kind="refusals" size={refusals} words={t.marks.refusals(formatCount(refusals))} side={wayTo(refusals) > 1 - CROWDED ? 'left' : 'right'} />
      )}
    </div>
  )
}

interface SizeMarkProps {
  readonly kind: 'best' | 'refusals'
  readonly size: number
  readonly words: string
  /** On which side of the mark its words stand. */
  readonly side: 'left' | 'right'
}

function SizeMark({ kind, size, words, side }: SizeMarkProps) {
  return (
    <span data-mark={kind} data-side={side} style={{ left: `${wayTo(size) * 100}%` }} title={words}>
      {words}
    </span>
  )
}

/** Marks closer than this share of the slider have no room for the words between them. */
const CROWDED = 0.3
/** What the words of the best size take up of it. */
const ROOM_FOR_BEST = 0.13

/** How far along the slider a size is, 0–1. */
function wayTo(size: number): number {
  return (positionOfSize(size) - MIN_BATCH_SIZE) / (MAX_BATCH_SIZE - MIN_BATCH_SIZE)
}

/** What is known of the knee, in a sentence. */
export function kneeWords({ knee }: TuningModel): string {
  const k = text.tuning.knee
  switch (knee.kind) {
    case 'unknown':
      return k.unknown
    case 'one-size':
      return k['one-size'](formatCount(knee.size))
    case 'too-alike':
      return k['too-alike'](formatCount(knee.from), formatCount(knee.to))
    case 'rising':
      return k.rising(formatCount(knee.upTo))
    case 'flat':
      return k.flat(formatCount(knee.from))
    case 'found':
      return k.found(formatCount(knee.size), formatCount(knee.low), formatCount(knee.high))
  }
}

function AdviceWords({ advice, isAsking }: { readonly advice: SizeAdvice; readonly isAsking: boolean }) {
  if (advice.kind === 'unknown') return <p>{t.unknown(formatCount(advice.to))}</p>
  const { from, to, goodput, verdict, secondsSooner, isUntried } = advice
  const lead = isAsking ? t.step(formatCount(from), formatCount(to)) : t.at(formatCount(to))
  return (
    <>
      <p>
        {lead} <ChangeWords advice={advice} />
      </p>
      <p className={classes.detail}>
        {[
          t.rates(formatRate(goodput.from.middle), formatRate(goodput.to.middle)),
          ...(secondsSooner === null || verdict === 'same' || Math.abs(secondsSooner) < 1 ? [] : [timeWords(secondsSooner)]),
          ...(isUntried ? [t.untried] : []),
        ].join(' · ')}
      </p>
      <RefusalWords advice={advice} />
    </>
  )
}

function ChangeWords({ advice }: { readonly advice: Extract<SizeAdvice, { kind: 'expected' }> }) {
  const { change, verdict } = advice
  const [low, high] = [formatChange(change.low), formatChange(change.high)]
  if (verdict === 'same') return <b>{t.same}</b>
  if (verdict === 'open') return <b>{t.open(low, high)}</b>
  return (
    <>
      <b data-verdict={verdict}>{t[verdict](formatChange(change.middle))}</b> {low !== high && t.range(low, high)}
    </>
  )
}

function RefusalWords({ advice: { refusals } }: { readonly advice: Pick<Extract<SizeAdvice, { kind: 'expected' }>, 'refusals'> }) {
  const r = t.refusals
  switch (refusals.kind) {
    case 'unknown':
      return null
    case 'none':
      return <p className={classes.detail}>{r.none(formatCount(refusals.upTo))}</p>
    case 'between':
      return <p className={classes.refusals}>{r.between(formatCount(refusals.about), formatCount(refusals.above), formatCount(refusals.by))}</p>
    case 'everywhere':
      return <p className={classes.refusals}>{r.everywhere(formatCount(refusals.from))}</p>
  }
}

function timeWords(secondsSooner: number): string {
  const span = formatSpan(Math.abs(secondsSooner) * 1000)
  return secondsSooner > 0 ? t.sooner(span) : t.later(span)
}
