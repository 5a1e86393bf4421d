import '@fontsource-variable/inter/wght.css'
import '@mantine/core/styles.css'
import '@mantine/spotlight/styles.css'
import './theme/tokens.css'
import './theme/base.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { findBridge } from './bridge'
import type { SluiceBridge } from '../shared/ipc-contract'
import { askOf } from './store/ask'
import { createBatchCommands } from './store/batch-commands'
import { createCommands } from './store/commands'
import { createConnectionCommands } from './store/connection-commands'
import { ConsoleContext } from './store/console-context'
import { createConsoleStore, showPicture, type ConsoleStore } from './store/console-store'
import { createFailureCommands } from './store/failure-commands'
import { Feed } from './store/feed'
import { FrameTurns } from './store/frame-turns'
import { createImportCommands } from './store/import-commands'
import { createQueueCommands } from './store/queue-commands'
import { rememberChoices } from './store/remembered'
import { Replay } from './store/replay'
import { gatedBridge } from './store/replay-gate'
import { createResultCommands } from './store/result-commands'
import { createRunCommands } from './store/run-commands'
import { createSimulatorCommands } from './store/simulator-commands'
import { undoable } from './store/undo'
import { text } from './text'
import { cssVariables, theme } from './theme/theme'
import { Console } from './views/console'
import { PlainPage } from './views/plain-page'

function start(): void {
  const bridge = findBridge()
  show(bridge ? connectedConsole(bridge) : <PlainPage title={text.link.noBridge} about={text.link.noBridgeAbout} />)
}

/** The console over a store that follows main for as long as the page lives. */
function connectedConsole(ungated: SluiceBridge): ReactNode {
  const store = createConsoleStore()
  const bridge = undoable(gatedBridge(ungated, () => store.getState().replay !== null, text.runs.bar.gate), store)
  rememberChoices(store, window.localStorage)
  const commands = createCommands(bridge, store, text.notices.unreachable)
  const connections = createConnectionCommands(bridge, text.notices.unreachable, () => window.location.reload())
  const results = createResultCommands(bridge, store, text.notices.unreachable)
  const failures = createFailureCommands(bridge, text.notices.unreachable)
  const queue = createQueueCommands(bridge, text.notices.unreachable)
  const batches = createBatchCommands(bridge, text.notices.unreachable)
  const simulator = createSimulatorCommands(bridge, text.notices.unreachable)
  const runs = createRunCommands(bridge, text.notices.unreachable)
  const replay = replayOf(bridge, store)
  const words = { unreachable: text.notices.unreachable, unreadable: text.pairImport.unreadable }
  const imports = createImportCommands(bridge, store, words)
  // Not in the frame itself: style, layout and paint follow there in the same task.
  const turns = new FrameTurns((task) => requestAnimationFrame(() => setTimeout(task)))
  const feed = new Feed({
    bridge,
    onPicture: (picture) => showPicture(store, picture),
    onLink: (link) => store.setState({ link }),
    inNextTurn: (draw) => turns.takeFirst(draw),
    wallMs: () => Date.now(),
  })
  feed.open()
  window.addEventListener('pagehide', () => feed.close())
  return (
    <ConsoleContext value={{ store, turns, commands, connections, results, failures, queue, imports, batches, simulator, runs, replay, onAction: bridge.onAction }}>
      <Console />
    </ConsoleContext>
  )
}

/** More would cost as much again, and be seen as little as of the live engine. */
const REPLAYED_PICTURES_PER_SECOND = 4

function replayOf(bridge: SluiceBridge, store: ConsoleStore): Replay {
  return new Replay({
    store,
    ask: askOf(bridge, text.notices.unreachable),
    nowMs: () => performance.now(),
    often: (task) => {
      const timer = setInterval(task, 1000 / REPLAYED_PICTURES_PER_SECOND)
      return () => clearInterval(timer)
    },
    unreadable: text.runs.unreadable,
  })
}

function show(content: ReactNode): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no element with the id "root"')
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        {content}
      </MantineProvider>
    </StrictMode>,
  )
}

start()
