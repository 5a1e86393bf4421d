/**
 * The console with a window. Reads as a table of contents: settings, protocol, parts, window, commands, frames, end.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app, powerMonitor, protocol, safeStorage, session, shell } from 'electron'
import { assemble } from './assembly/assemble'
import { connectionDesk } from './assembly/connection-desk'
import { CurrentConsole } from './assembly/current-console'
import { openKept } from './assembly/open-kept'
import { plainLines } from '../shared/plain-lines'
import { APP_SCHEME, serveRenderer } from './desktop/app-protocol'
import { commandsOf, toggleRun } from './desktop/commands'
import { chooseImportFile, chooseSaveFile, chooseSettingsFile, confirmQuit, reportStartFailure } from './desktop/dialogs'
import { followWork } from './desktop/follow-work'
import { pushFrames } from './desktop/frame-push'
import { handleCommands } from './desktop/ipc'
import { claimFirstInstance, keepSignals, quitGently } from './desktop/lifecycle'
import { followWithMenu } from './desktop/menu'
import { followWithTray } from './desktop/tray'
import { followPower } from './desktop/power'
import { installSecurity } from './desktop/security'
import { keychainVault } from './desktop/vault'
import { createWindow, focusWindow, loadWindow } from './desktop/window'
import type { Toggle } from '../shared/run-controls'
import { decidedBy, undecided } from './settings/decided-by'
import { KeptConnections, tablesOf } from './settings/kept-connections'
import { loadSettings } from './settings/load-settings'
import { takeEnvironment } from './settings/own-environment'
import { userDataDir } from './settings/user-data-dir'
import { logFile } from './log-file'
import { keepMemoryLean } from './lean-memory'
import { systemClock } from './system-clock'

const built = join(import.meta.dirname, '..')
/** What shells report for a program that Ctrl-C ended. */
const INTERRUPTED = 130
const log = (line: string) => process.stderr.write(`${plainLines(line)}\n`)

// In place of the command line, which every user of the machine can read and which may hold a password.
process.title = 'sluice'
const env = takeEnvironment(process.env)
keepMemoryLean()
main()

function main(): void {
  // First of all: the lock of the first instance is per user-data folder.
  app.setPath('userData', userDataDir(env))
  if (!claimFirstInstance(app, focusWindow)) return
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([APP_SCHEME])
  // Never awaited at the top level: Electron is ready only after this module has been evaluated.
  app.whenReady().then(open).catch(giveUp)
}

async function open(): Promise<void> {
  const flags = commandLine(process.argv)
  const signals = keepSignals(process, () => app.exit(INTERRUPTED))
  const userData = app.getPath('userData')
  const logToFile = logFile(userData)
  const kept = new KeptConnections(join(userData, 'connections.json'), keychainVault(safeStorage, process.platform))
  const build = (tables: Record<string, unknown>) =>
    assemble({
      ...loadSettings({ file: flags.config, tables, env, flags }),
      userData,
      demo: 'if-unconfigured',
      untilEmpty: false,
      resultsProgram: join(import.meta.dirname, 'results-worker.js'),
      onLogLine: (line) => {
        logToFile(line)
        if (line.level !== 'info') log(line.text)
      },
    })
  const decided = decidedBy(flags.config, env, flags)
  const { assembly, problem } = await openKept({ kept, decidedBy: decided, build })
  const console = new CurrentConsole(assembly)
  if (problem !== null) console.operator.say('warn', problem)
  let quitting: ReturnType<typeof quitGently>
  try {
    installSecurity(app, session.defaultSession)
    protocol.handle(APP_SCHEME.scheme, serveRenderer(join(built, 'renderer')))
    const window = createWindow({ preload: join(built, 'preload/index.cjs'), place: join(userData, 'window.json') }, log)
    const desk = {
      chooseFile: (name: string) => chooseSaveFile(window, name),
      chooseImportFile: () => chooseImportFile(window),
      showInFolder: (file: string) => shell.showItemInFolder(file),
      wallMs: systemClock.wallMs,
      browser: shell,
      chooseSettingsFile: (name: string) => chooseSettingsFile(window, name),
      connections: connectionDesk({
        kept,
        decidedBy: decided,
        startProblem: problem,
        apply: () => console.exchange(() => build(tablesOf(undecided(kept.read(), decided)))),
      }),
    }
    handleCommands(() => commandsOf(console.operator, desk), log)
    pushFrames(window, (listener) => console.subscribe(listener))
    followWork(window, (listener) => console.subscribe(listener))
    followWithMenu(window, { platform: process.platform, isPackaged: app.isPackaged }, (listener) => console.subscribe(listener))
    const doings = { show: focusWindow, toggle: (which: Toggle) => toggleRun(console.operator, which), quit: () => app.quit() }
    followWithTray(window, process.platform, doings, (listener) => console.subscribe(listener))
    const work = {
      inFlight: () => console.operator.inFlight,
      confirmQuit: (inFlight: number) => confirmQuit(window, inFlight),
      handBack: () => console.close(),
    }
    followPower(powerMonitor, { say: (level, text) => console.operator.say(level, text), wallMs: systemClock.wallMs })
    quitting = quitGently({ app, window, signals, work, log })
    await loadWindow(window)
  } catch (error) {
    await console.close().catch((failure: unknown) => log(String(failure)))
    throw error
  }
  if (flags.autostart && problem === null && !quitting.isDecided()) console.operator.start()
}

function giveUp(error: unknown): void {
  reportStartFailure(error)
  app.exit(1)
}

/** What is said after `npm start --`. Chromium's own switches, which Electron leaves in place, are passed over. */
function commandLine(argv: readonly string[]) {
  const text = { type: 'string' } as const
  const options = { config: text, redis: text, api: text, pipeline: text, autostart: { type: 'boolean' } } as const
  return parseArgs({ args: argv.slice(1), options, strict: false, allowPositionals: true }).values as {
    // Not strict, so that foreign switches pass; these are of the types named above.
    readonly config?: string
    readonly redis?: string
    readonly api?: string
    readonly pipeline?: string
    readonly autostart?: boolean
  }
}
