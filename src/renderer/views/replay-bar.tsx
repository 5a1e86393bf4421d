import { Button, SegmentedControl } from '@mantine/core'
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import type { RunState } from '../../shared/frames'
import controls from '../controls/controls.module.css'
import { Scrubber } from '../controls/scrubber'
import { useShortcut } from '../controls/shortcuts'
import { formatClock, formatRate } from '../format'
import { formatMoment } from '../format-results'
import { useConsole, useReplay } from '../store/console-context'
import { REPLAY_SPEEDS, type ReplaySpeed, type ReplayState } from '../store/replay'
import { text } from '../text'
import classes from './replay-bar.module.css'

const t = text.runs.bar
const SPEEDS = REPLAY_SPEEDS.map((value) => ({ value, label: t.speeds[value] }))

/** Says that a recording is on screen, plays it, and leads back to the live engine. */
export function ReplayBar() {
  const state = useConsole(({ replay }) => replay)
  return state && <Bar state={state} />
}

function Bar({ state }: { readonly state: ReplayState }) {
  const replay = useReplay()
  const { run, fromMs, toMs, atMs } = state
  const length = formatClock(toMs - fromMs)
  useShortcut('toggle-run', () => replay.toggle())
  return (
    <section className={classes.bar} aria-label={t.title} data-testid="replay-bar">
      <p className={classes.what}>
        <b role="status">
          <i aria-hidden />
          {t.recording}
        </b>
        <span className={classes.of}>{t.of(formatMoment(run.startedAtMs), length)}</span>
        {run.stepSeconds > 1 && <span className={classes.of}>{t.coarse(run.stepSeconds)}</span>}
      </p>
      <PlayButton state={state} />
      <SegmentedControl<ReplaySpeed>
        aria-label={t.speed}
        data={SPEEDS}
        value={state.speed}
        onChange={(speed) => replay.setSpeed(speed)}
        withItemsBorders={false}
        classNames={{ label: controls.range ?? '' }}
      />
      <Scrubber />
      <span className={classes.clock} data-testid="replay-clock">
        {formatClock(atMs - fromMs)} / {length}
      </span>
      <LiveState />
      <Button variant="filled" onClick={() => replay.leave()} data-testid="back-to-live">
        {t.live}
      </Button>
    </section>
  )
}

function PlayButton({ state: { isPlaying, atMs, toMs } }: { readonly state: ReplayState }) {
  const replay = useReplay()
  const name = isPlaying ? t.pause : atMs >= toMs ? t.again : t.play
  const Icon = isPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled
  return (
    <Button aria-label={name} title={name} onClick={() => replay.toggle()} data-testid="replay-toggle">
      <Icon size={13} aria-hidden />
    </Button>
  )
}

function stateName(state: RunState): string {
  return state.kind === 'paused' ? text.run.pausedBy[state.by] : text.run.states[state.kind]
}

/** What the engine of now does meanwhile: it is not held up by a recording. */
function LiveState() {
  const words = useConsole(({ live }) => live && t.liveState(stateName(live.state), formatRate(live.gauges.goodputPerSecond)))
  return words && <span className={classes.live}>{words}</span>
}
