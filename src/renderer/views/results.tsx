import { useEffect } from 'react'
import { formatShare } from '../format'
import { ResultActions, ResultSearch } from '../controls/result-filter-bar'
import { useConsole, usePicture, useResultCommands } from '../store/console-context'
import { text } from '../text'
import { PairPage } from './pair-page'
import { Panel } from './panel'
import { ResultsSummary } from './results-summary'
import { ResultsTable } from './results-table'
import classes from './results.module.css'
import { useDetail } from './route'

const t = text.results
const ASK_AGAIN_MS = 1000

/** Every result, to be filtered, ordered, summed up and exported; or the page of one pair. */
export function Results() {
  const pair = useDetail()
  return pair === null ? <AllResults /> : <PairPage id={pair} key={pair} />
}

function AllResults() {
  useFreshResults()
  return (
    <div className={classes.view}>
      <ResultsSummary />
      <Panel title={t.title} aside={<ResultActions />}>
        <ResultSearch />
        <Reading />
        <ResultsTable />
      </Panel>
    </div>
  )
}

/** Asks at first; asks again while not all has been read yet, and when the first result comes in. */
function useFreshResults() {
  const { askAgain } = useResultCommands()
  const found = useConsole(({ results }) => results.found)
  const hasResults = usePicture(({ ledger }) => (ledger?.done ?? 0) > 0)
  const isFirstOnesCome = found?.total === 0 && hasResults
  const isComplete = found !== null && found.indexed >= found.total && !isFirstOnesCome
  useEffect(() => {
    void askAgain()
  }, [askAgain])
  useEffect(() => {
    if (isComplete) return
    const timer = setInterval(() => void askAgain(), ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [askAgain, isComplete])
}

/** Says so while filters and totals do not cover everything yet. */
function Reading() {
  const share = useConsole(({ results: { found } }) => (found && found.indexed < found.total ? found.indexed / found.total : null))
  if (share === null) return null
  return (
    <p className={classes.reading} role="status">
      {t.reading(formatShare(share))}
    </p>
  )
}
