import { describe, expect, it } from 'vitest'
import { PairImports } from '../../../../src/main/operator/pair-imports'
import { OperatorRefused, type ImportFile, type ImportWatch, type PairIntake, type ReceivedFile } from '../../../../src/main/operator/ports'

interface Pass {
  readonly kind: 'check' | 'queue'
  readonly file: ImportFile
  readonly watch: ImportWatch
  end(): void
  fail(message: string): void
}

/** An intake whose passes a test ends by hand, or that end when they are cancelled. */
function desk() {
  const lines: string[] = []
  const passes: Pass[] = []
  const removed: string[] = []
  const pieces: [number, number][] = []
  const pass = (kind: Pass['kind']) => (file: ImportFile, watch: ImportWatch) =>
    new Promise<void>((resolve, reject) => {
      watch.signal.addEventListener('abort', () => reject(watch.signal.reason))
      passes.push({ kind, file, watch, end: resolve, fail: (message) => reject(new Error(message)) })
    })
  const fileOf = (name: string, bytes: number): ImportFile => ({ name, bytes, remove: async () => void removed.push(name) })
  const intake: PairIntake = {
    open: async (path) => {
      if (path === 'missing.csv') throw new OperatorRefused('missing.csv cannot be read: there is none')
      return fileOf(path, 100)
    },
    receive: async (name, bytes): Promise<ReceivedFile> => ({
      ...fileOf(name, bytes),
      take: async (at, piece) => {
        if (at === 66) throw new Error('the disk is full')
        pieces.push([at, piece.length])
      },
      finish: async () => {
        if (name === 'changed.csv') throw new Error('The file changed while it was read')
      },
    }),
    check: pass('check'),
    queue: pass('queue'),
    saveRejected: async () => 7,
  }
  const imports = new PairImports(intake, ({ level, text }) => lines.push(`${level} ${text}`), () => 1000)
  const kind = () => imports.progress?.state.kind
  const settled = () => new Promise(setImmediate)
  return { imports, lines, passes, removed, pieces, kind, settled }
}

const counts = { fresh: 960, duplicates: 30, rejected: 2 }

describe('the import of a session', () => {
  it('checks a file, queues it when told to, and says so in the log', async () => {
    const { imports, lines, passes, kind, settled } = desk()
    const id = await imports.open('pairs.csv')
    expect(imports.progress).toMatchObject({ id, name: 'pairs.csv', bytes: 100, state: { kind: 'checking' } })
    passes[0]?.watch.onProgress({ counts, readBytes: 50 })
    expect(imports.progress).toMatchObject({ counts, readBytes: 50 })
    passes[0]?.end()
    await settled()
    expect(kind()).toBe('checked')
    imports.queue(id)
    expect(imports.progress).toMatchObject({ state: { kind: 'queueing' }, counts: { fresh: 0 }, readBytes: 0 })
    passes[1]?.watch.onProgress({ counts })
    passes[1]?.end()
    await settled()
    expect(kind()).toBe('finished')
    expect(passes.map((pass) => pass.kind)).toEqual(['check', 'queue'])
    expect(lines).toEqual(['info Import of pairs.csv finished: 960 new pairs, 30 duplicates, 2 rows rejected'])
  })

  it('queues nothing that has not been checked, nor what was put away', async () => {
    const { imports, passes, settled } = desk()
    const id = await imports.open('pairs.csv')
    expect(() => imports.queue(id)).toThrow(OperatorRefused)
    passes[0]?.end()
    await settled()
    await imports.dismiss(id)
    expect(() => imports.queue(id)).toThrow('has not been checked')
    expect(passes).toHaveLength(1)
  })

  it('takes a dropped file in pieces, and checks it when all have come', async () => {
    const { imports, pieces, passes, kind } = desk()
    const id = await imports.receive('pairs.csv', 5)
    expect(await imports.takePiece(id, 0, new Uint8Array(3))).toBe(true)
    expect(imports.progress).toMatchObject({ readBytes: 3, state: { kind: 'receiving' } })
    expect(await imports.takePiece(id, 3, new Uint8Array(2))).toBe(true)
    await imports.received(id)
    expect(kind()).toBe('checking')
    expect(pieces).toEqual([
      [0, 3],
      [3, 2],
    ])
    expect(passes[0]?.file.name).toBe('pairs.csv')
  })

  it('wants no more pieces once it is cancelled, or when the disk will not have them', async () => {
    const { imports, kind, pieces } = desk()
    const first = await imports.receive('pairs.csv', 500)
    imports.cancel(first)
    expect(kind()).toBe('cancelled')
    expect(await imports.takePiece(first, 0, new Uint8Array(3))).toBe(false)
    const second = await imports.receive('more.csv', 500)
    expect(await imports.takePiece(first, 0, new Uint8Array(3))).toBe(false)
    expect(await imports.takePiece(second, 66, new Uint8Array(3))).toBe(false)
    expect(imports.progress?.state).toEqual({ kind: 'failed', message: 'the disk is full' })
    expect(pieces).toEqual([])
  })

  it('fails in words when a dropped file changed while it was read', async () => {
    const { imports } = desk()
    await imports.received(await imports.receive('changed.csv', 3))
    expect(imports.progress?.state).toEqual({ kind: 'failed', message: 'The file changed while it was read' })
  })

  it('is one at a time; a file that only waits for a decision gives way, and its copy is gone', async () => {
    const { imports, passes, removed, settled } = desk()
    await imports.open('one.csv')
    await expect(imports.open('two.csv')).rejects.toThrow('one.csv is being imported')
    passes[0]?.end()
    await settled()
    await imports.open('two.csv')
    expect(removed).toEqual(['one.csv'])
    expect(imports.progress?.name).toBe('two.csv')
  })

  it('is one of two that are opened at the same moment: the other is refused', async () => {
    const { imports, passes } = desk()
    const [one, other] = await Promise.allSettled([imports.open('one.csv'), imports.receive('other.csv', 9)])
    expect(one).toMatchObject({ status: 'fulfilled', value: imports.progress?.id })
    expect(other).toMatchObject({ status: 'rejected', reason: new OperatorRefused('Another file is being opened. Try again in a moment.') })
    expect(imports.progress?.name).toBe('one.csv')
    expect(passes.map(({ file }) => file.name)).toEqual(['one.csv'])
  })

  it('says why a file cannot be opened, and can be asked for another', async () => {
    const { imports } = desk()
    await expect(imports.open('missing.csv')).rejects.toThrow('there is none')
    expect(imports.progress).toBeNull()
    await imports.open('pairs.csv')
    expect(imports.progress?.name).toBe('pairs.csv')
  })

  it('is cancelled between two commands; what was queued by then is told', async () => {
    const { imports, passes, lines, kind, settled } = desk()
    const id = await imports.open('pairs.csv')
    passes[0]?.end()
    await settled()
    imports.queue(id)
    passes[1]?.watch.onProgress({ counts })
    imports.cancel(id)
    await settled()
    expect(kind()).toBe('cancelled')
    expect(lines).toEqual(['info Import of pairs.csv cancelled: 960 new pairs, 30 duplicates, 2 rows rejected by then'])
  })

  it('fails with what the file or the queue says', async () => {
    const { imports, passes, lines, settled } = desk()
    await imports.open('pairs.csv')
    passes[0]?.fail('pairs.csv is empty')
    await settled()
    expect(imports.progress?.state).toEqual({ kind: 'failed', message: 'pairs.csv is empty' })
    expect(lines).toEqual(['warn Import of pairs.csv failed: pairs.csv is empty'])
  })

  it('ends with the console: what runs is cancelled, and the copy is gone', async () => {
    const { imports, passes, removed } = desk()
    await imports.open('pairs.csv')
    await imports.close()
    expect(passes[0]?.watch.signal.aborted).toBe(true)
    expect(removed).toEqual(['pairs.csv'])
    expect(imports.progress).toBeNull()
  })
})
