import { describe, expect, it } from 'vitest'
import { createConsoleStore } from '../../../../src/renderer/store/console-store'
import { createImportCommands } from '../../../../src/renderer/store/import-commands'
import { IMPORT_PIECE_BYTES } from '../../../../src/shared/pair-import'
import type { SluiceBridge } from '../../../../src/shared/ipc-contract'

type Sent = readonly [string, ...unknown[]]

/** A main that answers by the command's name; what it was sent is noted. */
function main(answers: Readonly<Record<string, unknown>>) {
  const sent: Sent[] = []
  const bridge: SluiceBridge = {
    command: ((...command: Sent) => {
      sent.push(command)
      const answer = answers[command[0]]
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? { ok: true, value: undefined })
      // The answers are of many types; each test knows its own.
    }) as SluiceBridge['command'],
    onAction: () => () => undefined,
    onFrame: () => () => undefined,
  }
  const store = createConsoleStore()
  const words = { unreachable: 'no answer', unreadable: 'cannot be read' }
  return { sent, store, commands: createImportCommands(bridge, store, words) }
}

const wanting = { 'import:drop': { ok: true, value: 'import-1' }, 'import:drop-piece': { ok: true, value: true } }
const fileOf = (size: number) => new File([new Uint8Array(size).fill(7)], 'pairs.csv')

describe('a dropped file', () => {
  it('goes to main in pieces of bounded size, in order, and its end is told', async () => {
    const { sent, commands } = main(wanting)
    await commands.drop(fileOf(2 * IMPORT_PIECE_BYTES + 5))
    expect(sent.map(([name]) => name)).toEqual(['import:drop', 'import:drop-piece', 'import:drop-piece', 'import:drop-piece', 'import:drop-end'])
    const pieces = sent.slice(1, 4).map(([, piece]) => piece as { at: number; piece: Uint8Array }) // what it sends
    expect(pieces.map(({ at, piece }) => [at, piece.length])).toEqual([
      [0, IMPORT_PIECE_BYTES],
      [IMPORT_PIECE_BYTES, IMPORT_PIECE_BYTES],
      [2 * IMPORT_PIECE_BYTES, 5],
    ])
  })

  it('that is empty goes as it is: main says what is missing', async () => {
    const { sent, commands } = main(wanting)
    await commands.drop(fileOf(0))
    expect(sent.map(([name]) => name)).toEqual(['import:drop', 'import:drop-end'])
  })

  it('is not sent on once no more is wanted', async () => {
    const { sent, commands } = main({ ...wanting, 'import:drop-piece': { ok: true, value: false } })
    await commands.drop(fileOf(3 * IMPORT_PIECE_BYTES))
    expect(sent.map(([name]) => name)).toEqual(['import:drop', 'import:drop-piece'])
  })

  it('that is not even tried is told of, also while main still thinks of something else', async () => {
    const { store, commands } = main({})
    const dismissed = commands.dismiss('import-1')
    commands.refuse('one file at a time')
    await dismissed
    expect(store.getState().importView.problem).toBe('one file at a time')
    await commands.dismiss('import-1')
    expect(store.getState().importView.problem).toBeNull()
  })

  it('that main will not have is told of in main’s words', async () => {
    const { sent, store, commands } = main({ 'import:drop': { ok: false, message: 'one.csv is being imported' } })
    await commands.drop(fileOf(3))
    expect(sent).toHaveLength(1)
    expect(store.getState().importView.problem).toBe('one.csv is being imported')
  })

  it('that cannot be read is put away, and said to be', async () => {
    const { sent, store, commands } = main(wanting)
    await commands.drop({ name: 'gone.csv', size: 9, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) })
    expect(sent.map(([name]) => name)).toEqual(['import:drop', 'import:dismiss'])
    expect(store.getState().importView.problem).toBe('cannot be read')
  })

  it('says that main does not answer', async () => {
    const { store, commands } = main({ 'import:choose': new Error('gone') })
    await commands.choose()
    expect(store.getState().importView.problem).toBe('no answer')
  })
})
