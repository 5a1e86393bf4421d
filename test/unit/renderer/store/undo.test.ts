import { describe, expect, test } from 'vitest'
import { createCommands } from '../../../../src/renderer/store/commands'
import { createConsoleStore, showPicture } from '../../../../src/renderer/store/console-store'
import { pictureOf } from '../../../../src/renderer/store/picture'
import { undoable } from '../../../../src/renderer/store/undo'
import type { Gauges } from '../../../../src/shared/frames'
import type { SluiceBridge } from '../../../../src/shared/ipc-contract'
import { frame, NO_RUN_GAUGES } from '../fixtures'

const quota = (told: Gauges['quotas'][number]['told']): Gauges['quotas'][number] =>
  ({ number: 1, account: 'a', told, quotaPerSecond: 15, uncertainty: 0, source: 'learned', permittedPerSecond: 15, engines: 1, heldForMs: 0, why: '' })

/** A console over a bridge that offers to undo, what reached main, and main's next answers. */
function consoleWith(gauges: Partial<Gauges> = {}) {
  const sent: unknown[][] = []
  const answers: unknown[] = []
  const reached: SluiceBridge = {
    command: ((...command: unknown[]) => {
      sent.push(command)
      return Promise.resolve(answers.shift() ?? { ok: true })
    }) as SluiceBridge['command'], // no test looks at a value
    onAction: () => () => undefined,
    onFrame: () => () => undefined,
  }
  const store = createConsoleStore()
  const show = (changed: Partial<Gauges>) => showPicture(store, pictureOf(frame(1, { gauges: { ...NO_RUN_GAUGES, ...changed } }), null))
  show(gauges)
  const bridge = undoable(reached, store)
  return { bridge, commands: createCommands(bridge, store, 'no answer'), store, sent, answers, show }
}

const size = (asked: number, sizing: 'auto' | 'manual' = 'manual') => ({ batchSize: { ...NO_RUN_GAUGES.batchSize, asked, sizing } })

describe('what a command changes', () => {
  test.each([
    ['a batch size', size(20), ['engine:set-batch-size', 35], ['engine:set-batch-size', 20]],
    ['a batch size that takes the place of auto’s', size(20, 'auto'), ['engine:set-batch-size', 35], ['engine:set-sizing', 'auto']],
    ['auto sizing', size(20), ['engine:set-sizing', 'auto'], ['engine:set-batch-size', 20]],
    ['the pacing', {}, ['engine:set-pacing', NO_RUN_GAUGES.pacing.kind === 'classic' ? 'adaptive' : 'classic'], ['engine:set-pacing', NO_RUN_GAUGES.pacing.kind]],
    ['the time limit of a pair', { pairTimeoutMs: 300_000 }, ['engine:set-pair-limit', 60], ['engine:set-pair-limit', 300]],
    ['a quota that the settings told', { quotas: [quota({ by: 'settings', plan: 'starter', limits: [] })] }, ['quota:choose', 1, { kind: 'learn' }], ['quota:choose', 1, { kind: 'settings' }]],
    ['a plan', { quotas: [quota({ by: 'operator', plan: 'premium', limits: [{ requests: 50, windowSeconds: 1 }] })] }, ['quota:choose', 1, { kind: 'learn' }], ['quota:choose', 1, { kind: 'plan', plan: 'premium' }]],
    ['a priority', {}, ['queue:prioritize', { priority: 9, pairs: {} }], ['queue:undo-prioritize']],
    ['a retry', {}, ['failures:retry', { selection: 1 }], ['failures:undo-retry']],
  ] as const)('is taken back: %s', async (_, gauges, done, inverse) => {
    const { bridge, commands, store, sent } = consoleWith(gauges)
    await (bridge.command as (...command: readonly unknown[]) => Promise<unknown>)(...done) // each a command of the contract
    await commands.undo()
    expect(sent).toEqual([done, inverse])
    expect(store.getState().undo).toBeNull()
  })

  test('in several steps is taken back as one', async () => {
    const { commands, sent, show } = consoleWith(size(20))
    await commands.askBatchSize(21)
    show(size(21))
    await commands.askBatchSize(22)
    await commands.undo()
    expect(sent.at(-1)).toEqual(['engine:set-batch-size', 20])
  })
})

describe('nothing is offered to be undone', () => {
  test('where a command was refused, changed nothing, or asks for what is in force', async () => {
    const { bridge, store, answers } = consoleWith(size(20))
    answers.push({ ok: false, message: 'no' }, { ok: true, value: 0 })
    await bridge.command('engine:set-batch-size', 30)
    await bridge.command('failures:retry', { selection: 1 })
    await bridge.command('engine:set-batch-size', 20)
    expect(store.getState().undo).toBeNull()
  })

  test('of what asks before, or has a button that leads back', async () => {
    const { bridge, store } = consoleWith()
    await bridge.command('failures:discard', { selection: 1 })
    await bridge.command('engine:pause')
    await bridge.command('engine:stop')
    expect(store.getState().undo).toBeNull()
  })
})
