import { isImportUnderWay, type ImportFigures, type ImportProgress, type ImportState } from '../../shared/pair-import'
import type { Spoken } from './narration'
import { OperatorRefused, type ImportFile, type PairIntake, type ReceivedFile } from './ports'

const NOTHING_READ: ImportFigures = {
  counts: { fresh: 0, duplicates: 0, rejected: 0 },
  readBytes: 0,
  rejections: [],
  sample: [],
  comparesAll: true,
}

/** An import that is known, with the file that it is about. */
interface Known {
  readonly id: string
  readonly file: ImportFile
  /** The same file while it comes in pieces. */
  readonly pieces: ReceivedFile | null
  readonly cancel: AbortController
  ended: Promise<void>
}

type Pass = 'checking' | 'queueing'

/**
 * The import of this session, one at a time.
 * 1. Takes a file: one that a dialog named, or one that comes in pieces.
 * 2. Checks it, and queues its pairs when the person says so.
 * 3. Forgets it when it is put away, and a copy of it is gone then.
 */
export class PairImports {
  #known: Known | null = null
  #progress: ImportProgress | null = null
  #made = 0
  #isOpening = false

  constructor(
    private readonly intake: PairIntake,
    private readonly say: (line: Spoken) => void,
    private readonly wallMs: () => number,
  ) {}

  /** The present import, or the last one until it is put away. */
  get progress(): ImportProgress | null {
    return this.#progress
  }

  /** Begins to check a file that main can read. Answers its id; rejects with OperatorRefused. */
  async open(path: string): Promise<string> {
    const known = await this.#begin(async () => ({ file: await this.intake.open(path), pieces: null }), 'checking')
    known.ended = this.#run(known, 'checking')
    return known.id
  }

  /** Begins to take a file in pieces. Answers its id; rejects with OperatorRefused. */
  async receive(name: string, bytes: number): Promise<string> {
    const known = await this.#begin(async () => {
      const pieces = await this.intake.receive(name, bytes)
      return { file: pieces, pieces }
    }, 'receiving')
    return known.id
  }

  /** Takes the next piece. False when the import was cancelled, or is another by now: no more are wanted. */
  async takePiece(id: string, at: number, piece: Uint8Array): Promise<boolean> {
    const known = this.#receiving(id)
    if (known?.pieces == null) return false
    try {
      await known.pieces.take(at, piece)
      if (this.#receiving(id) !== null) this.#tell({ readBytes: at + piece.length })
    } catch (error) {
      if (this.#receiving(id) !== null) this.#end({ kind: 'failed', message: messageOf(error) })
    }
    return this.#receiving(id) !== null
  }

  /** All pieces have come: begins to check the copy. */
  async received(id: string): Promise<void> {
    const known = this.#receiving(id)
    if (known?.pieces == null) return
    try {
      await known.pieces.finish()
      if (this.#receiving(id) !== null) known.ended = this.#run(known, 'checking')
    } catch (error) {
      if (this.#receiving(id) !== null) this.#end({ kind: 'failed', message: messageOf(error) })
    }
  }

  /** Begins to queue the pairs of a file that has been checked. */
  queue(id: string): void {
    const known = this.#of(id)
    if (known === null || this.#progress?.state.kind !== 'checked') throw new OperatorRefused('That file has not been checked. Choose it again.')
    known.ended = this.#run(known, 'queueing')
  }

  /** What is queued by then stays queued. */
  cancel(id: string): void {
    const known = this.#of(id)
    if (known === null) return
    known.cancel.abort()
    if (this.#progress?.state.kind === 'receiving') this.#end({ kind: 'cancelled' })
  }

  /** Ends what is under way, and forgets the import and its copy. */
  async dismiss(id: string): Promise<void> {
    if (this.#of(id) !== null) await this.#forget()
  }

  /** Writes the rows that cannot be queued, with line and reason, as CSV. Answers how many. */
  async saveRejected(id: string, target: string): Promise<number> {
    const known = this.#of(id)
    if (known === null) throw new OperatorRefused('That file has been put away. Choose it again.')
    return this.intake.saveRejected(known.file, target)
  }

  async close(): Promise<void> {
    await this.#forget()
  }

  /** The import before is forgotten first: what is opened now may take the place of its copy. */
  async #begin(open: () => Promise<Pick<Known, 'file' | 'pieces'>>, kind: 'checking' | 'receiving'): Promise<Known> {
    this.#refuseWhileUnderWay()
    this.#isOpening = true
    try {
      await this.#forget()
      const known = { id: `import-${++this.#made}`, ...(await open()), cancel: new AbortController(), ended: Promise.resolve() }
      const { name, bytes } = known.file
      this.#progress = { id: known.id, name, bytes, startedAtMs: this.wallMs(), ...NOTHING_READ, state: { kind } }
      return (this.#known = known)
    } finally {
      this.#isOpening = false
    }
  }

  async #forget(): Promise<void> {
    const known = this.#known
    this.#known = null
    this.#progress = null
    if (known === null) return
    known.cancel.abort()
    await known.ended
    await known.file.remove()
  }

  async #run(known: Known, pass: Pass): Promise<void> {
    const { file, cancel } = known
    // What is told of an import that has been put away meanwhile is told to nobody.
    const tell = (change: Partial<ImportProgress>) => this.#known === known && this.#tell(change)
    tell({ ...NOTHING_READ, sample: this.#progress?.sample ?? [], startedAtMs: this.wallMs(), state: { kind: pass } })
    try {
      const watch = { signal: cancel.signal, onProgress: (figures: Partial<ImportFigures>) => tell(figures) }
      await (pass === 'checking' ? this.intake.check(file, watch) : this.intake.queue(file, watch))
      tell({ readBytes: file.bytes })
      if (this.#known === known) this.#end({ kind: pass === 'checking' ? 'checked' : 'finished' })
    } catch (error) {
      const isCancelled = cancel.signal.aborted
      if (this.#known === known) this.#end(isCancelled ? { kind: 'cancelled' } : { kind: 'failed', message: messageOf(error) }, pass)
    }
  }

  #end(state: ImportState, pass?: Pass): void {
    this.#tell({ state })
    const progress = this.#progress
    if (progress === null) return
    if (state.kind === 'finished') this.say({ level: 'info', text: `Import of ${progress.name} finished: ${sumOf(progress)}` })
    if (state.kind === 'failed') this.say({ level: 'warn', text: `Import of ${progress.name} failed: ${state.message}` })
    if (state.kind === 'cancelled' && pass === 'queueing') {
      this.say({ level: 'info', text: `Import of ${progress.name} cancelled: ${sumOf(progress)} by then` })
    }
  }

  #tell(change: Partial<ImportProgress>): void {
    if (this.#progress !== null) this.#progress = { ...this.#progress, ...change }
  }

  #of(id: string): Known | null {
    return this.#known?.id === id ? this.#known : null
  }

  #receiving(id: string): Known | null {
    return this.#progress?.state.kind === 'receiving' ? this.#of(id) : null
  }

  #refuseWhileUnderWay(): void {
    if (this.#isOpening) throw new OperatorRefused('Another file is being opened. Try again in a moment.')
    if (this.#progress === null || !isImportUnderWay(this.#progress.state)) return
    throw new OperatorRefused(`${this.#progress.name} is being imported. Wait for its end, or cancel it.`)
  }
}

/** For example `960 new pairs, 30 duplicates, 2 rows rejected`. */
function sumOf({ counts: { fresh, duplicates, rejected } }: ImportProgress): string {
  const n = (count: number) => count.toLocaleString('en-US')
  return `${n(fresh)} new pairs, ${n(duplicates)} duplicates, ${n(rejected)} rows rejected`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
