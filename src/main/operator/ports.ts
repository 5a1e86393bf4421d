/** What the operator needs beside the engine. The composition root fills these. */
import type { DiscoveryPlan, DiscoveryPreview, DiscoveryProgress, DiscoverySkip } from '../../shared/discovery'
import type { ExportKind, Ledger } from '../../shared/frames'

/** The connection to Redis as an operator sees it. */
export interface RedisLink {
  readonly state: { readonly kind: 'ready' } | { readonly kind: 'lost'; readonly sinceMs: number; readonly reason: string }
  subscribe(listener: (state: RedisLink['state']) => void): () => void
  /** Round trip in ms. */
  ping(): Promise<number>
}

export interface Books {
  audit(): Promise<Ledger>
}

export interface ExportOptions {
  readonly kind: ExportKind
  readonly file: string
  readonly signal: AbortSignal
  onProgress(rows: number, totalRows: number): void
}

/** Writes a CSV. Rejects with a message for a person; with the signal's reason when it was cancelled. */
export type WriteCsv = (options: ExportOptions) => Promise<{ readonly rows: number; readonly bytes: number }>

/** Where new pairs come from. */
export interface PairSource {
  /** What a plan would cost; sends nothing. */
  preview(plan: DiscoveryPlan): DiscoveryPreview
  /** Finds pairs and queues them as they are found. Answers how it ended; never rejects. */
  fill(plan: DiscoveryPlan, watch: DiscoveryWatch): Promise<DiscoveryProgress>
}

export interface DiscoveryWatch {
  readonly signal: AbortSignal
  onProgress(progress: DiscoveryProgress): void
  onSkip(skip: DiscoverySkip): void
}
