import { ActionIcon, Button, NumberInput, SegmentedControl, Slider, Tooltip } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { memo, useState, type KeyboardEvent } from 'react'
import { MAX_BATCH_SIZE, MIN_BATCH_SIZE } from '../../shared/batch-size'
import { formatCount, formatSpan } from '../format'
import { positionOfSize, shownSize, sizeAtPosition } from '../store/batch-size-wish'
import type { SizingKind } from '../store/commands'
import { useCommands, useConsole, useIsReplaying, usePicture } from '../store/console-context'
import { text } from '../text'
import classes from './controls.module.css'
import { Key } from './key'
import { LiveControls } from './live-controls'
import { useShortcut } from './shortcuts'
import { SizeAdviceLine, SizeMarks } from './size-advice'

const t = text.batchSize
const SIZINGS = (['auto', 'manual'] as const).map((value) => ({ value, label: t.sizings[value] }))
const MARKS = [MIN_BATCH_SIZE, 10, 25, 50, 100, 200, MAX_BATCH_SIZE].map((size) => ({
  value: positionOfSize(size),
  label: formatCount(size),
}))

/** The batch size: what is in force, what is asked for, and the slider, the field and the keys that ask. */
export function BatchSizeCard() {
  const commands = useCommands()
  useShortcut('nudge-batch-size', ({ by }) => void commands.nudgeBatchSize(by))
  return (
    <section className={classes.card} aria-label={t.title}>
      <LiveControls>
        <header className={classes.cardHead}>
          <h2>{t.title}</h2>
          <SizingSwitch />
        </header>
        <SizeReading />
        <SizeSlider />
        <SizeAdviceLine />
        <SweepLine />
      </LiveControls>
    </section>
  )
}

function SizingSwitch() {
  const commands = useCommands()
  const sizing = usePicture((picture) => picture.gauges.batchSize.sizing)
  const isAdaptive = usePicture((picture) => picture.gauges.pacing.kind === 'adaptive')
  useShortcut('toggle-sizing', () => void (isAdaptive && commands.setSizing(sizing === 'auto' ? 'manual' : 'auto')))
  return isAdaptive ? (
    <SegmentedControl<SizingKind>
      aria-label={t.sizing}
      data={SIZINGS}
      value={sizing}
      onChange={(value) => void commands.setSizing(value)}
      withItemsBorders={false}
      title={t.sizingAbout}
      classNames={{ root: classes.sizing ?? '', label: classes.range ?? '' }}
    />
  ) : null
}

/** The search for the best size: its button while the engine runs, then how far it is, then what it found. */
function SweepLine() {
  const commands = useCommands()
  const sweep = usePicture((picture) => picture.gauges.sweep)
  const isRunning = usePicture((picture) => picture.state.kind === 'running')
  const isSearching = sweep?.state === 'running'
  const toggle = () => void (isSearching ? commands.cancelSweep() : commands.startSweep())
  useShortcut('toggle-search', () => isRunning && toggle())
  const words = isSearching ? t.searching(sweep.size, sweep.findings.length) : isRunning ? (sweep?.why ?? '') : t.findBestWaits
  return (
    <div className={classes.sweep}>
      <Button size="compact-sm" variant="default" title={t.findBestAbout} onClick={toggle} disabled={!isRunning} rightSection={<Key>F</Key>}>
        {isSearching ? t.cancelSearch : t.findBest}
      </Button>
      <span className={classes.aside} title={words}>
        {words}
      </span>
    </div>
  )
}

function SizeReading() {
  const wish = useConsole((state) => state.wish)
  const { asked, inForce, previous, inForceForMs, sizing, advised } = usePicture((picture) => picture.gauges.batchSize)
  const shown = shownSize(wish, asked)
  if (wish.kind === 'editing' && shown !== asked) {
    return <Reading size={shown} isPending aside={t.editing(asked)} />
  }
  if (shown !== inForce) return <Reading size={shown} isPending aside={t.asked(inForce)} />
  if (sizing === 'auto' && advised !== null) return <Reading size={inForce} aside={t.autoWhy(advised.why)} />
  const since = inForceForMs === null ? t.notInForceYet : t.inForceFor(formatSpan(inForceForMs))
  if (advised !== null && advised.size !== inForce) {
    return <Reading size={inForce} aside={`${since} · ${t.autoWould(formatCount(advised.size))}`} />
  }
  return <Reading size={inForce} aside={previous === null ? since : `${since} · ${t.was(previous)}`} />
}

interface ReadingProps {
  readonly size: number
  readonly isPending?: boolean
  readonly aside: string
}

function Reading({ size, isPending = false, aside }: ReadingProps) {
  return (
    <>
      <div className={classes.big}>
        <p className={classes.bigNumber} data-pending={isPending || undefined} data-testid="batch-size">
          {formatCount(size)}
        </p>
        <SizeField />
      </div>
      <p className={classes.sizeState} title={aside} data-testid="batch-size-state">
        {aside}
      </p>
    </>
  )
}

/** Apart from the reading around it, which says something new with every frame. */
const SizeField = memo(function SizeField() {
  const commands = useCommands()
  const size = useShownSize()
  /** What is typed and not asked for yet; null while nothing is. */
  const [typed, setTyped] = useState<number | string | null>(null)
  const apply = () => {
    if (typeof typed === 'number' && typed !== size) void commands.askBatchSize(typed)
    setTyped(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') apply()
    if (event.key === 'Escape') setTyped(null)
  }
  return (
    <div className={classes.sizeField}>
      <StepButton by={-1} keyName="[" name={t.smaller} isAtEnd={size <= MIN_BATCH_SIZE} />
      <NumberInput
        role="spinbutton"
        aria-label={t.title}
        aria-valuemin={MIN_BATCH_SIZE}
        aria-valuemax={MAX_BATCH_SIZE}
        aria-valuenow={size}
        min={MIN_BATCH_SIZE}
        max={MAX_BATCH_SIZE}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="blur"
        hideControls
        value={typed ?? size}
        onChange={(value) => setTyped(value === size ? null : value)}
        onBlur={apply}
        onKeyDown={onKeyDown}
      />
      <StepButton by={1} keyName="]" name={t.larger} isAtEnd={size >= MAX_BATCH_SIZE} />
    </div>
  )
})

interface StepButtonProps {
  readonly by: number
  readonly keyName: string
  readonly name: string
  readonly isAtEnd: boolean
}

function StepButton({ by, keyName, name, isAtEnd }: StepButtonProps) {
  const commands = useCommands()
  const Icon = by < 0 ? IconMinus : IconPlus
  return (
    <Tooltip
      label={
        <>
          {name} <Key>{keyName}</Key>
        </>
      }
    >
      <ActionIcon aria-label={name} disabled={isAtEnd} onClick={() => void commands.nudgeBatchSize(by)}>
        <Icon size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** Steps of the arrow and page keys, in sizes; the slider's own would be steps along its bent scale. */
const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
}

function SizeSlider() {
  const commands = useCommands()
  const size = useShownSize()
  const isReplaying = useIsReplaying()
  const onKeyDownCapture = (event: KeyboardEvent) => {
    const step = KEY_STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    void commands.nudgeBatchSize(event.shiftKey ? step * 5 : step)
  }
  return (
    <div className={classes.sizeSlider} onKeyDownCapture={onKeyDownCapture}>
      <SizeMarks />
      <Slider
        min={MIN_BATCH_SIZE}
        max={MAX_BATCH_SIZE}
        step={0.25}
        scale={sizeAtPosition}
        value={positionOfSize(size)}
        marks={MARKS}
        size={5}
        thumbSize={19}
        label={null}
        disabled={isReplaying}
        thumbLabel={t.slider}
        onChange={(position) => commands.previewBatchSize(sizeAtPosition(position))}
        onChangeEnd={(position) => void commands.askBatchSize(sizeAtPosition(position))}
      />
    </div>
  )
}

function useShownSize(): number {
  const wish = useConsole((state) => state.wish)
  const asked = usePicture((picture) => picture.gauges.batchSize.asked)
  return shownSize(wish, asked)
}
