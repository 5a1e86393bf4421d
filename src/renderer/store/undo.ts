import type { CommandArguments, CommandName, SluiceBridge } from '../../shared/ipc-contract'
import { MOST_OWN_LIMITS, type QuotaChoice, type ToldQuota } from '../../shared/quota-choice'
import type { ConsoleStore } from './console-store'
import type { Picture } from './picture'

/** A command with what goes with it. */
export type Deed = { readonly [C in CommandName]: { readonly name: C; readonly args: CommandArguments<C> } }[CommandName]

/** The last thing that can be undone, offered for a while. */
export interface UndoOffer {
  /** Rising, so that one offer is told from the next. */
  readonly id: number
  readonly done: Deed
  readonly inverse: Deed
}

/** How long Undo is offered, ms. */
export const UNDO_OFFERED_MS = 10_000

/** What takes a command back, by what was in force before it; null for what needs no undoing or cannot be undone. */
export function inverseOf(done: Deed, before: Picture): Deed | null {
  const { batchSize, pacing, pairTimeoutMs, quotas } = before.gauges
  switch (done.name) {
    case 'engine:set-batch-size':
      // To ask for a size is to choose it by hand.
      return batchSize.sizing === 'auto' ? { name: 'engine:set-sizing', args: ['auto'] } : unless(done, { name: done.name, args: [batchSize.asked] })
    case 'engine:set-sizing':
      if (done.args[0] === batchSize.sizing) return null
      return batchSize.sizing === 'auto' ? { name: done.name, args: ['auto'] } : { name: 'engine:set-batch-size', args: [batchSize.asked] }
    case 'engine:set-pacing':
      return unless(done, { name: done.name, args: [pacing.kind] })
    case 'engine:set-pair-limit':
      return unless(done, { name: done.name, args: [Math.round(pairTimeoutMs / 1000)] })
    case 'quota:choose': {
      const choice = choiceOf(quotas.find(({ number }) => number === done.args[0])?.told)
      return choice && unless(done, { name: done.name, args: [done.args[0], choice] })
    }
    case 'queue:prioritize':
      return { name: 'queue:undo-prioritize', args: [] }
    case 'failures:retry':
      return { name: 'failures:undo-retry', args: [] }
    default:
      return null
  }
}

function unless(done: Deed, inverse: Deed): Deed | null {
  return JSON.stringify(done.args) === JSON.stringify(inverse.args) ? null : inverse
}

/** The choice that gives what was in force; null where none does. */
function choiceOf(told: ToldQuota | undefined): QuotaChoice | null {
  if (told === undefined) return null
  if (told.by === 'settings') return { kind: 'settings' }
  if (told.plan !== null) return { kind: 'plan', plan: told.plan }
  if (told.limits.length === 0) return { kind: 'learn' }
  return told.limits.length <= MOST_OWN_LIMITS ? { kind: 'limits', limits: [...told.limits] } : null
}

/** Changes that follow each other are one: undoing leads back to before the first of them. */
function continues(before: UndoOffer | null, done: Deed): before is UndoOffer {
  if (before === null || before.done.name !== done.name) return false
  if (done.name === 'quota:choose') return before.done.args[0] === done.args[0]
  return done.name === 'engine:set-batch-size' || done.name === 'engine:set-pair-limit'
}

/** The same bridge, which offers to undo what goes through it, for every control alike. */
export function undoable(bridge: SluiceBridge, store: ConsoleStore): SluiceBridge {
  let offers = 0
  return {
    ...bridge,
    command: async (name, ...args) => {
      // One name and its arguments, which TypeScript does not follow through the union.
      const done = { name, args } as unknown as Deed
      const { picture } = store.getState()
      const inverse = picture && inverseOf(done, picture)
      const reply = await bridge.command(name, ...args)
      // A count of nought changed nothing.
      if (inverse === null || !reply.ok || reply.value === 0) return reply
      store.setState(({ undo }) => ({ undo: { id: ++offers, done, inverse: continues(undo, done) ? undo.inverse : inverse } }))
      return reply
    },
  }
}
