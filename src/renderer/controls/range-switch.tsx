import { SegmentedControl } from '@mantine/core'
import { useConsole, useConsoleStore } from '../store/console-context'
import { RANGE_KEYS, type RangeKey } from '../store/ranges'
import { text } from '../text'
import classes from './controls.module.css'

const DATA = RANGE_KEYS.map((value) => ({ value, label: text.ranges[value] }))

/** The stretch of time that all charts show. */
export function RangeSwitch() {
  const store = useConsoleStore()
  // None of them is on while a stretch is looked at closely.
  const shown = useConsole((state) => (state.zoom === null ? state.range : 'zoom'))
  return (
    <SegmentedControl<RangeKey | 'zoom'>
      aria-label={text.ranges.title}
      data={DATA}
      value={shown}
      onChange={(value) => value !== 'zoom' && store.setState({ range: value, zoom: null })}
      withItemsBorders={false}
      classNames={{ root: classes.ranges ?? '', label: classes.range ?? '' }}
    />
  )
}
