import type { ExportKind, ExportProgress } from '../../shared/frames'
import type { WriteCsv } from './ports'

/** Ended exports that are still told of, so that the window can name the file. */
const REMEMBERED = 5

/** The exports of this session: started, followed, cancelled. */
export class Exports {
  #entries: ExportProgress[] = []
  #running = new Map<string, { readonly cancel: AbortController; readonly ended: Promise<void> }>()
  #started = 0

  constructor(private readonly writeCsv: WriteCsv) {}

  get progress(): readonly ExportProgress[] {
    return this.#entries
  }

  /** Starts writing and answers at once; how it goes is in `progress`. */
  start(kind: ExportKind, file: string): string {
    const id = `export-${++this.#started}`
    const cancel = new AbortController()
    this.#entries = [
      ...this.#entries.slice(1 - REMEMBERED),
      { id, kind, file, rows: 0, totalRows: 0, state: { kind: 'writing' } },
    ]
    this.#running.set(id, { cancel, ended: this.#write(id, kind, file, cancel.signal) })
    return id
  }

  cancel(id: string): void {
    this.#running.get(id)?.cancel.abort()
  }

  /** Cancels those that are being written, and waits until their half files are gone. */
  async close(): Promise<void> {
    const running = [...this.#running.values()]
    for (const { cancel } of running) cancel.abort()
    await Promise.all(running.map(({ ended }) => ended))
  }

  async #write(id: string, kind: ExportKind, file: string, signal: AbortSignal): Promise<void> {
    try {
      const onProgress = (rows: number, totalRows: number) => this.#update(id, { rows, totalRows })
      const { rows, bytes } = await this.writeCsv({ kind, file, signal, onProgress })
      this.#update(id, { rows, totalRows: rows, state: { kind: 'finished', bytes } })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      this.#update(id, { state: signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', message } })
    } finally {
      this.#running.delete(id)
    }
  }

  #update(id: string, change: Partial<ExportProgress>): void {
    this.#entries = this.#entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry))
  }
}
