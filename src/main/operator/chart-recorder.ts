import type { ChartArchive } from './ports'
import type { Telemetry } from './telemetry'

/** Hands what is new of the charts over to where they outlive this process, part by part. */
export class ChartRecorder {
  #afterMs: number
  #markersSeen: number

  constructor(
    private readonly telemetry: Telemetry,
    private readonly archive: ChartArchive,
  ) {
    telemetry.restore(archive.known)
    this.#afterMs = archive.known.points.at(-1)?.atMs ?? 0
    this.#markersSeen = telemetry.markers.end
  }

  /** Rejects when it cannot be kept; the next call has it too, as far as the history reaches back. */
  async keep(): Promise<void> {
    const { rollup, markers } = this.telemetry
    const points = rollup.closed.filter(({ atMs }) => atMs > this.#afterMs)
    const [news, seen] = [markers.since(this.#markersSeen), markers.end]
    if (points.length === 0 && news.length === 0) return
    await this.archive.append({ points, markers: news })
    this.#afterMs = points.at(-1)?.atMs ?? this.#afterMs
    this.#markersSeen = seen
  }
}
