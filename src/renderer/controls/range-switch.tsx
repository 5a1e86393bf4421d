import { SegmentedControl } from '@mantine/core'
import { useConsole, useConsoleStore } from '../store/console-context'
import { RANGE_KEYS, type RangeKey } from '../store/ranges'
import { text } from '../text'
import classes from './controls.module.css'

const DATA = RANGE_KEYS.map((value) => ({ value, label: text.ranges[value] }))

/** The stretch of time that all charts show. */
export function RangeSwitch() {
  const store = useConsoleStore()
  const range = useConsole((state) => state.range)
  return (
    <SegmentedControl<RangeKey>
      aria-label={text.ranges.title}
      data={DATA}
      value={range}
      onChange={(value) => store.setState({ range: value })}
      withItemsBorders={false}
      classNames={{ root: classes.ranges ?? '', label: classes.range ?? '' }}
    />
  )
}
