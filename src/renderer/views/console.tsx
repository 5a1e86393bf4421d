import { Modal } from '@mantine/core'
import { ActionKeys } from '../controls/action-keys'
import { DiscoverDialog } from '../controls/discover-dialog'
import { DropZone } from '../controls/drop-zone'
import { ExportStrip } from '../controls/export-strip'
import { ImportDialog } from '../controls/import-dialog'
import { Palette } from '../controls/palette'
import { ShortcutList } from '../controls/shortcut-list'
import { useShortcut } from '../controls/shortcuts'
import { useConsole, useConsoleStore, useIsReplaying } from '../store/console-context'
import { isFirstRun } from '../store/first-run'
import { text } from '../text'
import { Batches } from './batches'
import { Connections } from './connections'
import classes from './console.module.css'
import { Failures } from './failures'
import { Header } from './header'
import { LiveOnly } from './live-only'
import { LedgerStrip } from './ledger-strip'
import { Log } from './log'
import { NavRail } from './nav-rail'
import { Notices } from './notices'
import { Overview } from './overview'
import { PlainPage } from './plain-page'
import { useView, type View } from './route'
import { Queue } from './queue'
import { ReplayBar } from './replay-bar'
import { Results } from './results'
import { Runs } from './runs'
import { Tuning } from './tuning'
import { Welcome } from './welcome'

const VIEW_COMPONENTS = { overview: Overview, tuning: Tuning, queue: Queue, results: Results, failures: Failures, batches: Batches, runs: Runs, log: Log, connections: Connections } as const satisfies Record<View, () => unknown>

/** Those that a recording feeds, and the one that leads to the others. */
const VIEWS_IN_REPLAY: readonly View[] = ['overview', 'tuning', 'batches', 'runs', 'log']

/** The whole window, once there is something to show in it. */
export function Console() {
  const hasPicture = useConsole((state) => state.picture !== null)
  const link = useConsole((state) => state.link)
  if (hasPicture) return <Frame />
  if (link.kind !== 'silent') return <PlainPage title={text.link.connecting} about={null} />
  return <PlainPage title={text.link.noAnswer} about={link.reason ?? text.link.noAnswerAbout} />
}

/** What is there in every view, and shown when a key asks for it. */
function OnDemand() {
  const store = useConsoleStore()
  const openDialog = useConsole((state) => state.openDialog)
  const close = () => store.setState({ openDialog: null })
  useShortcut('list-shortcuts', () => store.setState({ openDialog: 'shortcuts' }))
  return (
    <>
      <ActionKeys />
      <Palette />
      <ImportDialog />
      <DropZone />
      <ShortcutList isOpen={openDialog === 'shortcuts'} onClose={close} />
      <Modal opened={openDialog === 'discover'} onClose={close} title={text.discover.title} closeButtonProps={{ 'aria-label': text.discover.close }}>
        <DiscoverDialog onClose={close} />
      </Modal>
    </>
  )
}

function Frame() {
  const view = useView()
  const isNew = useConsole(isFirstRun)
  const isReplaying = useIsReplaying()
  const ViewComponent = isReplaying && !VIEWS_IN_REPLAY.includes(view) ? LiveOnly : isNew && view === 'overview' ? Welcome : VIEW_COMPONENTS[view]
  return (
    <div className={classes.frame}>
      <Header />
      <OnDemand />
      <NavRail view={view} />
      <section className={classes.strips} aria-label={text.views.status}>
        <ReplayBar />
        <LedgerStrip />
        <Notices />
        <ExportStrip />
      </section>
      <main className={classes.main} aria-label={text.views[view]} key={view}>
        <ViewComponent />
      </main>
    </div>
  )
}
