import { describe, expect, test } from 'vitest'
import { createCommands } from '../../../../src/renderer/store/commands'
import { createConsoleStore, showPicture } from '../../../../src/renderer/store/console-store'
import { pictureOf } from '../../../../src/renderer/store/picture'
import type { RunState } from '../../../../src/shared/frames'
import type { SluiceBridge } from '../../../../src/shared/ipc-contract'
import { frame, NO_RUN_GAUGES } from '../fixtures'

type Answer = { ok: true } | { ok: false; message: string } | 'broken'

/** A console whose main answers as told, and the commands that reached it. */
function consoleWith(state: RunState = { kind: 'idle' }) {
  const sent: unknown[][] = []
  let answer: Answer = { ok: true }
  const bridge: SluiceBridge = {
    // No test looks at a value, so every success is the same.
    command: ((...command: unknown[]) => {
      sent.push(command)
      return answer === 'broken' ? Promise.reject(new Error('gone')) : Promise.resolve(answer)
    }) as SluiceBridge['command'],
    onAction: () => () => undefined,
    onFrame: () => () => undefined,
  }
  const store = createConsoleStore()
  showPicture(store, pictureOf(frame(1, { state }), null))
  const hear = (asked: number) => {
    const gauges = { ...NO_RUN_GAUGES, batchSize: { ...NO_RUN_GAUGES.batchSize, asked } }
    showPicture(store, pictureOf(frame(2, { gauges }), null))
  }
  const commands = createCommands(bridge, store, 'no answer')
  return { commands, store, sent, hear, answerWith: (next: Answer) => void (answer = next) }
}

describe('the toggle', () => {
  test.each([
    [{ kind: 'idle' }, ['engine:start']],
    [{ kind: 'running' }, ['engine:pause']],
    [{ kind: 'paused', reason: 'asked for', by: 'operator' }, ['engine:resume']],
    [{ kind: 'pausing', reason: 'asked for', by: 'operator' }, ['engine:resume']],
    [{ kind: 'draining' }, ['engine:start']],
  ] as const)('in state %o sends %o', async (state, command) => {
    const { commands, sent } = consoleWith(state)
    await commands.toggleRun()
    expect(sent).toEqual([command])
  })

  test.each([{ kind: 'stopping' }, { kind: 'waiting-for-redis', sinceMs: 0, reason: 'gone' }] as const)(
    'sends nothing in state %o',
    async (state) => {
      const { commands, sent } = consoleWith(state)
      await commands.toggleRun()
      expect(sent).toEqual([])
    },
  )
})

describe('a batch size', () => {
  test('is asked for within its bounds', async () => {
    const { commands, sent } = consoleWith()
    await commands.askBatchSize(9999)
    await commands.askBatchSize(0)
    expect(sent).toEqual([
      ['engine:set-batch-size', 500],
      ['engine:set-batch-size', 1],
    ])
  })

  test('pressed up three times before the engine answers is up by three', async () => {
    const { commands, sent } = consoleWith()
    await Promise.all([commands.nudgeBatchSize(1), commands.nudgeBatchSize(1), commands.nudgeBatchSize(1)])
    expect(sent.at(-1)).toEqual(['engine:set-batch-size', 23])
  })

  test('shows as asked until a frame says so', async () => {
    const { commands, store, hear } = consoleWith()
    await commands.askBatchSize(35)
    expect(store.getState().wish).toMatchObject({ kind: 'sent', size: 35 })
    hear(35)
    expect(store.getState().wish).toEqual({ kind: 'none' })
  })

  test('that is refused falls back, with the reason', async () => {
    const { commands, store, answerWith } = consoleWith()
    answerWith({ ok: false, message: 'The engine is being stopped.' })
    await commands.askBatchSize(35)
    expect(store.getState()).toMatchObject({ wish: { kind: 'none' }, refusal: 'The engine is being stopped.' })
  })
})

describe('a refusal', () => {
  test('goes away with the next command that works', async () => {
    const { commands, store, answerWith } = consoleWith()
    answerWith({ ok: false, message: 'No.' })
    await commands.drain()
    expect(store.getState().refusal).toBe('No.')
    answerWith({ ok: true })
    await commands.drain()
    expect(store.getState().refusal).toBeNull()
  })

  test('is told in words when the bridge itself breaks', async () => {
    const { commands, store, answerWith } = consoleWith()
    answerWith('broken')
    await commands.stop()
    expect(store.getState().refusal).toBe('no answer')
  })
})

describe('discovering pairs', () => {
  const plan = { chain: 'solana', tokens: 20, traders: 50 }

  test('is previewed, started and cancelled', async () => {
    const { commands, sent } = consoleWith()
    await commands.previewDiscovery(plan)
    await commands.startDiscovery(plan)
    await commands.cancelDiscovery()
    expect(sent).toEqual([['discover:preview', plan], ['discover:start', plan], ['discover:cancel']])
  })

  test('has no preview where main gives none, and that is no refusal', async () => {
    const { commands, store, answerWith } = consoleWith()
    answerWith({ ok: false, message: 'No.' })
    expect(await commands.previewDiscovery(plan)).toBeNull()
    expect(store.getState().refusal).toBeNull()
  })
})
