import type { DiscoveryPlan, DiscoveryPreview } from '../../shared/discovery'
import type { ExportPlan } from '../../shared/export-plan'
import type { Gauges } from '../../shared/frames'
import type { PauseUntil } from '../../shared/pause-until'
import type { QuotaChoice } from '../../shared/quota-choice'
import type { CommandArguments, CommandName, SluiceBridge } from '../../shared/ipc-contract'
import { askOf } from './ask'
import { clampedSize, NO_WISH, shownSize } from './batch-size-wish'
import type { ConsoleStore } from './console-store'
import { runControlsOf, type Toggle } from '../../shared/run-controls'

export type PacingKind = Gauges['pacing']['kind']
export type SizingKind = Gauges['batchSize']['sizing']

/** Everything that a control can ask for. A refusal ends up in the store, in main's words. */
export interface Commands {
  readonly toggleRun: () => Promise<void>
  readonly drain: () => Promise<void>
  readonly pauseUntil: (until: PauseUntil) => Promise<void>
  readonly setPairLimit: (seconds: number) => Promise<void>
  readonly stop: () => Promise<void>
  /** Shows a batch size that is not asked for yet. */
  readonly previewBatchSize: (size: number) => void
  readonly askBatchSize: (size: number) => Promise<void>
  readonly nudgeBatchSize: (by: number) => Promise<void>
  readonly setPacing: (pacing: PacingKind) => Promise<void>
  readonly setSizing: (sizing: SizingKind) => Promise<void>
  /** Ends when the choice is in force for every engine of the account. */
  readonly chooseQuota: (account: number, choice: QuotaChoice) => Promise<void>
  /** Takes the last change back, where that is offered. */
  readonly undo: () => Promise<void>
  readonly resetBreaker: () => Promise<void>
  readonly startSweep: () => Promise<void>
  readonly cancelSweep: () => Promise<void>
  readonly startExport: (plan: ExportPlan) => Promise<void>
  readonly cancelExport: (id: string) => Promise<void>
  readonly revealExport: (id: string) => Promise<void>
  /** What the plan would cost; null when that cannot be had. */
  readonly previewDiscovery: (plan: DiscoveryPlan) => Promise<DiscoveryPreview | null>
  readonly startDiscovery: (plan: DiscoveryPlan) => Promise<void>
  readonly cancelDiscovery: () => Promise<void>
}

const TOGGLES = {
  start: 'engine:start',
  pause: 'engine:pause',
  resume: 'engine:resume',
  // Starting an engine that drains makes it go on.
  'keep-running': 'engine:start',
} as const satisfies Record<Toggle, CommandName>

/** `unreachable` is what a command says that got no answer at all. */
export function createCommands(bridge: SluiceBridge, store: ConsoleStore, unreachable: string): Commands {
  const ask = askOf(bridge, unreachable)
  const run = async <C extends CommandName>(name: C, ...args: CommandArguments<C>): Promise<boolean> => {
    const reply = await ask(name, ...args)
    store.setState({ refusal: reply.ok ? null : reply.message })
    return reply.ok
  }

  const askBatchSize = async (wanted: number) => {
    const asked = store.getState().picture?.gauges.batchSize.asked
    if (asked === undefined) return
    const size = clampedSize(wanted)
    store.setState({ wish: size === asked ? NO_WISH : { kind: 'sent', size, askedBefore: asked } })
    if (!(await run('engine:set-batch-size', size))) store.setState({ wish: NO_WISH })
  }

  return {
    askBatchSize,
    previewBatchSize: (size) => store.setState({ wish: { kind: 'editing', size: clampedSize(size) } }),
    nudgeBatchSize: async (by) => {
      const { wish, picture } = store.getState()
      if (picture) await askBatchSize(shownSize(wish, picture.gauges.batchSize.asked) + by)
    },
    toggleRun: async () => {
      const { picture } = store.getState()
      const toggle = picture && runControlsOf(picture.state).toggle
      if (toggle) await run(TOGGLES[toggle])
    },
    pauseUntil: async (until) => void (await run('engine:pause-until', until)),
    setPairLimit: async (seconds) => void (await run('engine:set-pair-limit', seconds)),
    drain: async () => void (await run('engine:drain')),
    stop: async () => void (await run('engine:stop')),
    setPacing: async (pacing) => void (await run('engine:set-pacing', pacing)),
    setSizing: async (sizing) => void (await run('engine:set-sizing', sizing)),
    chooseQuota: async (account, choice) => {
      store.setState(({ pendingQuotas }) => ({ pendingQuotas: [...pendingQuotas, account] }))
      await run('quota:choose', account, choice)
      store.setState(({ pendingQuotas }) => ({ pendingQuotas: pendingQuotas.filter((pending) => pending !== account) }))
    },
    undo: async () => {
      const { undo } = store.getState()
      if (undo === null) return
      await run(undo.inverse.name, ...undo.inverse.args)
      // Undoing is no change that is offered to be undone.
      store.setState({ undo: null })
    },
    resetBreaker: async () => void (await run('engine:reset-breaker')),
    startSweep: async () => void (await run('engine:sweep')),
    cancelSweep: async () => void (await run('engine:cancel-sweep')),
    startExport: async (plan) => void (await run('export:start', plan)),
    cancelExport: async (id) => void (await run('export:cancel', id)),
    revealExport: async (id) => void (await run('export:reveal', id)),
    previewDiscovery: async (plan) => {
      const reply = await ask('discover:preview', plan)
      return reply.ok ? reply.value : null
    },
    startDiscovery: async (plan) => void (await run('discover:start', plan)),
    cancelDiscovery: async () => void (await run('discover:cancel')),
  }
}
