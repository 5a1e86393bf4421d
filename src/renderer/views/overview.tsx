import { BatchSizeCard } from '../controls/batch-size-card'
import { TimeBrush } from '../controls/time-brush'
import { Charts } from './charts'
import { LogCard } from './log-card'
import classes from './overview.module.css'
import { PacingCard } from './pacing-card'
import { RecentBatches } from './recent-batches'
import { Tiles } from './tiles'
import { TuningCard } from './tuning-card'

export function Overview() {
  return (
    <div className={classes.overview}>
      <div className={classes.left}>
        <Tiles />
        <Charts />
        <TimeBrush />
        <div className={classes.latest}>
          <RecentBatches />
          <LogCard />
        </div>
      </div>
      <div className={classes.right}>
        <BatchSizeCard />
        <PacingCard />
        <TuningCard />
      </div>
    </div>
  )
}
