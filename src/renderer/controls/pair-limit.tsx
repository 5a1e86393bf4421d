import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { PAIR_LIMIT_SECONDS } from '../../shared/pause-until'
import { useCommands, usePicture } from '../store/console-context'
import { text } from '../text'
import classes from './controls.module.css'

const t = text.pairLimit

/** How long one pair may take before it is given up. The pairs that are claimed next have it. */
export function PairLimit() {
  const commands = useCommands()
  const inForce = usePicture(({ gauges }) => gauges.pairTimeoutMs / 1000)
  // The pairs that are being worked keep the limit that they began with.
  const before = usePicture(({ state, gauges: { pairTimeoutMs, pairTimeoutInForceMs } }) => (state.kind === 'running' && pairTimeoutInForceMs !== pairTimeoutMs ? pairTimeoutInForceMs : null))
  const [typed, setTyped] = useState<number | string | null>(null)
  const ask = () => {
    if (typeof typed === 'number' && typed !== inForce) void commands.setPairLimit(Math.round(typed))
    setTyped(null)
  }
  return (
    <label className={classes.limit} title={t.about}>
      <span>
        <span className={classes.wide}>{t.title}</span>
        <span className={classes.narrow}>{t.short}</span>
        {before !== null && <em role="status">{t.asked(before / 1000)}</em>}
      </span>
      <NumberInput
        aria-label={t.title}
        value={typed ?? inForce}
        min={PAIR_LIMIT_SECONDS.min}
        max={PAIR_LIMIT_SECONDS.max}
        clampBehavior="strict"
        suffix={` ${t.unit}`}
        allowDecimal={false}
        hideControls
        onChange={setTyped}
        onBlur={ask}
        onKeyDown={(event) => {
          if (event.key === 'Enter') ask()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
    </label>
  )
}
