import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import { usePictureInTurn } from '../store/console-context'
import { batchesOf } from '../store/picture'
import { text } from '../text'
import { BatchTable, HEAD_PX, ROW_PX } from './batch-table'
import { Panel } from './panel'
import classes from './recent-batches.module.css'
import { linkTo } from './route'

/** As many of the newest batches as there is room for: half a row would say half of something. */
export function RecentBatches() {
  const batches = usePictureInTurn(batchesOf)
  const { ref, height } = useElementSize()
  const fitting = Math.max(0, Math.floor((height - HEAD_PX) / ROW_PX))
  const newestFirst = useMemo(() => batches.slice(-Math.max(fitting, 1)).reverse(), [batches, fitting])
  return (
    <Panel title={text.batches.recent} aside={batches.length > 0 && <a href={linkTo('batches')}>{text.batches.all}</a>}>
      <div ref={ref} className={classes.body}>
        <BatchTable batches={newestFirst} columns="few" />
      </div>
    </Panel>
  )
}
