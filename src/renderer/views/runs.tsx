import { Button } from '@mantine/core'
import { MAX_RUNS, type RunList, type RunSummary } from '../../shared/runs'
import { formatBytes, formatClock, formatCount, formatRate, formatShare } from '../format'
import { formatMoment } from '../format-results'
import { useConsole, useReplay } from '../store/console-context'
import { text } from '../text'
import { Panel } from './panel'
import { linkTo } from './route'
import surfaces from '../theme/surfaces.module.css'
import classes from './runs.module.css'
import { useRuns } from './use-runs'
import view from './view.module.css'

const t = text.runs

/** The runs of this console that were recorded, the newest first, each to be replayed. */
export function Runs() {
  const runs = useRuns()
  return (
    <div className={view.view}>
      <Panel title={t.title}>
        {runs.kind === 'there' && runs.list.runs.length > 0 ? (
          <>
            {/* A region that scrolls has to be reachable by keyboard. */}
            <div className={view.scroll} role="region" aria-label={t.table} tabIndex={0}>
              <RunTable list={runs.list} />
            </div>
            <p className={classes.kept}>{t.kept(MAX_RUNS)}</p>
          </>
        ) : (
          <p className={classes.none}>{runs.kind === 'there' ? t.none : runs.kind === 'asking' ? t.asking : runs.words}</p>
        )}
      </Panel>
    </div>
  )
}

const NUMBERS = ['length', 'done', 'goodput', 'refused'] as const
const WORDS = ['pacing', 'detail'] as const

function RunTable({ list: { runs, currentId } }: { readonly list: RunList }) {
  return (
    <table className={`${surfaces.table} ${classes.table}`}>
      <thead>
        <tr>
          <th scope="col">{t.columns.started}</th>
          {NUMBERS.map((column) => (
            <th key={column} scope="col" data-number>
              {t.columns[column]}
            </th>
          ))}
          {WORDS.map((column) => (
            <th key={column} scope="col">
              {t.columns[column]}
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} isCurrent={run.id === currentId} />
        ))}
      </tbody>
    </table>
  )
}

function RunRow({ run, isCurrent }: { readonly run: RunSummary; readonly isCurrent: boolean }) {
  const lengthMs = (run.endedAtMs ?? run.recordedUntilMs) - run.startedAtMs
  const answered = run.requestsAccepted + run.requestsRefused
  return (
    <tr data-testid="run-row">
      <th scope="row">
        {formatMoment(run.startedAtMs)}
        {isCurrent && <span className={classes.tag}>{t.goesOn}</span>}
        {!isCurrent && run.endedAtMs === null && (
          <span className={classes.tag} title={t.cutOffAbout}>
            {t.cutOff}
          </span>
        )}
      </th>
      <td data-number>{formatClock(lengthMs)}</td>
      <td data-number>{formatCount(run.done)}</td>
      <td data-number>{lengthMs < 1000 ? formatRate(null) : t.perSecond(formatRate((run.done * 1000) / lengthMs))}</td>
      <td data-number>{formatShare(answered === 0 ? null : run.requestsRefused / answered)}</td>
      <td>{t.pacings[run.pacing]}</td>
      <td>{t.detail(run.stepSeconds, formatBytes(run.bytes))}</td>
      <td>
        <ReplayButton run={run} />
      </td>
    </tr>
  )
}

function ReplayButton({ run }: { readonly run: RunSummary }) {
  const replay = useReplay()
  const isShown = useConsole((state) => state.replay?.run.id === run.id)
  const share = useConsole(({ replayLoading }) => (replayLoading?.id === run.id ? replayLoading.share : null))
  const open = async () => {
    if (await replay.open(run)) window.location.hash = linkTo('overview')
  }
  if (isShown) return <span className={classes.shown}>{t.shown}</span>
  return (
    <Button size="compact-sm" aria-label={t.replayOf(formatMoment(run.startedAtMs))} disabled={share !== null} onClick={() => void open()} data-testid="replay-run">
      {share === null ? t.replay : t.loading(formatShare(share))}
    </Button>
  )
}
