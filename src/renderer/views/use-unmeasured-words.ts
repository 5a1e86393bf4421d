import { useIsReplaying, usePicture } from '../store/console-context'
import { text } from '../text'

/** Said in place of the curve while there is no sample, with what to do about it where something can be done. */
export function useUnmeasuredWords(): string {
  const isReplaying = useIsReplaying()
  const isRunning = usePicture(({ state }) => state.kind === 'running')
  const { empty } = text.tuning.chart
  return isReplaying ? empty.replay : isRunning ? empty.running : empty.idle
}
