import type { Toggle } from '../../shared/run-controls'
import type { ConnectionDesk } from '../operator/connection-port'
import type { Operator } from '../operator/operator'
import { CommandRefused, type CommandHandlers } from './command-gate'
import { connectionCommands, type SettingsFileDesk } from './connections'
import { exportCommands, type ExportDesk } from './exports'
import { failureCommands } from './failures'
import { inWords } from './in-words'
import { importCommands, type ImportDesk } from './imports'
import { openLink, type Browser } from './links'
import { resultCommands } from './results'
import { waitingCommands } from './waiting'

/** What the desktop does for the commands. */
export interface Desk extends ExportDesk, ImportDesk, SettingsFileDesk {
  readonly browser: Browser
  readonly connections: ConnectionDesk
}

/** What the one big button does, for who asks without the window. */
export function toggleRun(operator: Operator, which: Toggle): void {
  if (which === 'pause') operator.pause()
  else if (which === 'resume') operator.resume()
  else operator.start()
}

/** The commands of the window, each as what the operator does for it. */
export function commandsOf(operator: Operator, desk: Desk): CommandHandlers {
  return {
    snapshot: () => operator.snapshot(),
    'engine:start': () => operator.start(),
    'engine:pause': () => operator.pause(),
    'engine:pause-until': (until) => {
      const refused = operator.pauseUntil(until)
      if (refused !== null) throw new CommandRefused(refused)
    },
    'engine:resume': () => operator.resume(),
    'engine:drain': () => operator.drain(),
    'engine:stop': () => operator.stop(),
    'engine:set-batch-size': (size) => operator.setBatchSize(size),
    'engine:set-pacing': (pacing) => operator.setPacing(pacing),
    'engine:set-sizing': (sizing) => operator.setSizing(sizing),
    'engine:set-pair-limit': (seconds) => operator.setPairTimeout(seconds * 1000),
    'engine:reset-breaker': () => operator.resetBreaker(),
    'quota:choose': (account, choice) => inWords(operator.quotas.choose(account, choice)),
    'engine:sweep': () => operator.sweep(),
    'engine:cancel-sweep': () => operator.cancelSweep(),
    'discover:preview': (plan) => operator.discovery.preview(plan),
    'discover:start': (plan) => {
      if (operator.discovery.start(plan)) return
      throw new CommandRefused('Pairs are being discovered already. Cancel that, or wait for its end.')
    },
    'discover:cancel': () => operator.discovery.cancel(),
    'simulator:read': () => operator.simulator.read(),
    'simulator:turn': (knobs) => {
      const inForce = operator.simulator.turn(knobs)
      if (inForce === null) throw new CommandRefused('Only the demo has a simulator to turn: real pairs are being worked.')
      return inForce
    },
    'batch:pairs': (number) => operator.batchPairs.of(number),
    'runs:list': async () => (await operator.runs?.list()) ?? { runs: [], currentId: null },
    'runs:page': async ({ id, from }) => (await operator.runs?.page(id, from)) ?? { frames: [], nextFrom: null },
    'link:open': (name) => openLink(name, desk.browser),
    ...failureCommands(operator.failures),
    ...waitingCommands(operator.waiting),
    ...importCommands(operator.imports, desk),
    ...resultCommands(operator.results, operator.pairs),
    ...connectionCommands(desk.connections, desk),
    ...exportCommands(operator.exports, desk),
  }
}
