import { readdirSync } from 'node:fs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Exports } from '../../../../src/main/operator/exports'
import { exportCsv } from '../../../../src/main/transfer/export-csv'
import { ScratchFolder } from '../../../support/scratch-folder'
import type { ExportOptions, WriteCsv } from '../../../../src/main/operator/ports'

/** A writer that goes on only when the test says so. */
function steppedWriter() {
  const running: (ExportOptions & { finish(): void; fail(message: string): void })[] = []
  const write: WriteCsv = (options) =>
    new Promise((resolve, reject) => {
      options.signal.addEventListener('abort', () => reject(options.signal.reason))
      const finish = () => resolve({ rows: 3, bytes: 42 })
      running.push({ ...options, finish, fail: (message) => reject(new Error(message)) })
    })
  return { write, running }
}

describe('exports', () => {
  it('tell how far they are and where the file is', async () => {
    const { write, running } = steppedWriter()
    const exports = new Exports(write, () => 7)
    const id = exports.start({ kind: 'results' }, 'a.csv')
    running[0]?.onProgress({ rows: 1, seen: 2, totalRows: 3 })
    expect(exports.progress).toEqual([
      { id, kind: 'results', file: 'a.csv', rows: 1, seen: 2, totalRows: 3, startedAtMs: 7, state: { kind: 'writing' } },
    ])
    running[0]?.finish()
    await vi.waitFor(() => expect(exports.progress[0]).toMatchObject({ rows: 3, state: { kind: 'finished', bytes: 42 } }))
  })

  it('can be cancelled, one without the other', async () => {
    const { write, running } = steppedWriter()
    const exports = new Exports(write, () => 0)
    const [first] = [exports.start({ kind: 'results' }, 'a.csv'), exports.start({ kind: 'failed' }, 'b.csv')]
    exports.cancel(first)
    await vi.waitFor(() => expect(exports.progress[0]?.state).toEqual({ kind: 'cancelled' }))
    expect(running[1]?.signal.aborted).toBe(false)
  })

  it('say in words why they failed', async () => {
    const { write, running } = steppedWriter()
    const exports = new Exports(write, () => 0)
    exports.start({ kind: 'results' }, 'a.csv')
    running[0]?.fail('no space left on the disk')
    await vi.waitFor(() =>
      expect(exports.progress[0]?.state).toEqual({ kind: 'failed', message: 'no space left on the disk' }),
    )
  })

  it('that are being written when the console closes leave no half file behind', async () => {
    const folder = new ScratchFolder()
    onTestFinished(() => folder.remove())
    async function* endless() {
      for (let n = 0; ; n += 1) yield { n }
    }
    const exports = new Exports((options) => exportCsv({ ...options, columns: ['n'], rows: endless(), totalRows: 0 }), () => 0)
    exports.start({ kind: 'results' }, folder.at('a.csv'))
    exports.start({ kind: 'failed' }, folder.at('b.csv'))
    await vi.waitFor(() => expect(exports.progress.every(({ rows }) => rows > 0)).toBe(true))
    expect(readdirSync(folder.path)).toHaveLength(2)
    await exports.close()
    expect(readdirSync(folder.path)).toEqual([])
    expect(exports.progress.map(({ state }) => state.kind)).toEqual(['cancelled', 'cancelled'])
  })
})
