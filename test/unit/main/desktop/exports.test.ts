import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandRefused } from '../../../../src/main/desktop/command-gate'
import { exportCommands } from '../../../../src/main/desktop/exports'
import { Exports } from '../../../../src/main/operator/exports'
import type { WriteCsv } from '../../../../src/main/operator/ports'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-export-'))
})
afterEach(() => rm(folder, { recursive: true }))

const writeOneLine: WriteCsv = async ({ plan: { kind }, file }) => {
  await writeFile(file, `${kind}\n`)
  return { rows: 1, bytes: kind.length + 1 }
}
/** Writes until it is cancelled. */
const writeForEver: WriteCsv = ({ signal }) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

function window(options: { writeCsv?: WriteCsv; dismissed?: boolean } = {}) {
  const exports = new Exports(options.writeCsv ?? writeOneLine, () => 0)
  const shown: string[] = []
  const commands = exportCommands(exports, {
    chooseFile: async (suggestedName) => (options.dismissed ? null : join(folder, suggestedName)),
    showInFolder: (file) => shown.push(file),
    wallMs: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  })
  const whenNoLonger = (state: string) => vi.waitUntil(() => exports.progress[0]?.state.kind !== state)
  return { exports, shown, commands, whenNoLonger }
}

describe('exportCommands', () => {
  it('exports to the chosen file, with the kind and the time in the suggested name', async () => {
    const { exports, commands } = window()
    const started = await commands['export:start']({ kind: 'failed' })
    const file = join(folder, 'sluice-failed-20260102T030405Z.csv')
    expect(started).toMatchObject({ kind: 'started', file })
    expect(exports.progress).toMatchObject([{ kind: 'failed', file }])
  })

  it('exports nothing when the dialog is dismissed', async () => {
    const { exports, commands } = window({ dismissed: true })
    expect(await commands['export:start']({ kind: 'results' })).toEqual({ kind: 'dismissed' })
    expect(exports.progress).toEqual([])
  })

  it('cancels an export by its id', async () => {
    const { exports, commands, whenNoLonger } = window({ writeCsv: writeForEver })
    const started = await commands['export:start']({ kind: 'results' })
    await commands['export:cancel'](idOf(started))
    await whenNoLonger('writing')
    expect(exports.progress[0]?.state).toEqual({ kind: 'cancelled' })
  })

  it('shows a finished file in its folder', async () => {
    const { shown, commands, whenNoLonger } = window()
    const started = await commands['export:start']({ kind: 'results' })
    await whenNoLonger('writing')
    await commands['export:reveal'](idOf(started))
    expect(shown).toEqual([join(folder, 'sluice-results-20260102T030405Z.csv')])
  })

  it('shows nothing that this session has not finished exporting', async () => {
    const { shown, commands } = window({ writeCsv: writeForEver })
    const started = await commands['export:start']({ kind: 'results' })
    await writeFile(join(folder, 'sluice-results-20260102T030405Z.csv'), 'an export of another day')
    await expect(commands['export:reveal'](idOf(started))).rejects.toThrow(CommandRefused)
    await expect(commands['export:reveal'](join(folder, 'other.csv'))).rejects.toThrow(CommandRefused)
    expect(shown).toEqual([])
  })

  it('says that a file has been moved since', async () => {
    const { shown, commands, whenNoLonger } = window()
    const started = await commands['export:start']({ kind: 'results' })
    await whenNoLonger('writing')
    await rm(join(folder, 'sluice-results-20260102T030405Z.csv'))
    await expect(commands['export:reveal'](idOf(started))).rejects.toThrow(/is no longer there\. Export again/)
    expect(shown).toEqual([])
  })
})

function idOf(started: { kind: string; id?: string }): string {
  if (started.id === undefined) throw new Error('The export was not started')
  return started.id
}
