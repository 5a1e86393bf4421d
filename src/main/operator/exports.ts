import type { ExportPlan } from '../../shared/export-plan'
import type { ExportProgress } from '../../shared/frames'
import type { WriteCsv, WriteProgress } from './ports'

/** Ended exports that are still told of, so that the window can name the file. */
const REMEMBERED = 5

/** The exports of this session: started, followed, cancelled. */
export class Exports {
  #entries: ExportProgress[] = []
  #running = new Map<string, { readonly cancel: AbortController; readonly ended: Promise<void> }>()
  #started = 0

  constructor(
    private readonly writeCsv: WriteCsv,
    private readonly wallMs: () => number,
  ) {}

  get progress(): readonly ExportProgress[] {
    return this.#entries
  }

  /** Starts writing and answers at once; how it goes is in `progress`. */
  start(plan: ExportPlan, file: string): string {
    const id = `export-${++this.#started}`
    const cancel = new AbortController()
    this.#entries = [
      ...this.#entries.slice(1 - REMEMBERED),
      { id, kind: plan.kind, file, rows: 0, seen: 0, totalRows: 0, startedAtMs: this.wallMs(), state: { kind: 'writing' } },
    ]
    this.#running.set(id, { cancel, ended: this.#write(id, plan, file, cancel.signal) })
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

  async #write(id: string, plan: ExportPlan, file: string, signal: AbortSignal): Promise<void> {
    try {
      const onProgress = (progress: WriteProgress) => this.#update(id, progress)
      const { rows, bytes } = await this.writeCsv({ plan, file, signal, onProgress })
      this.#update(id, { rows, state: { kind: 'finished', bytes } })
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
