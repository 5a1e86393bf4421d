/** What the operator needs beside the engine. The composition root fills these. */
import type { DiscoveryPlan, DiscoveryPreview, DiscoveryProgress, DiscoverySkip } from '../../shared/discovery'
import type { ExportPlan } from '../../shared/export-plan'
import type { FailureChoice, FailureFilter, FailureRow, FailureSelection } from '../../shared/failures'
import type { BatchRecord, EpochRecord, Ledger, Marker, QuotaReport, SeriesPoint } from '../../shared/frames'
import type { ImportFigures } from '../../shared/pair-import'
import type { PriorityChoice, WaitingFound, WaitingRow, WaitingRowsRequest, WaitingSearch } from '../../shared/waiting-pairs'
import type { BirdeyeFigures, PairTrades } from '../../shared/pair-page'
import type { PairResult } from '../../shared/result'
import type { QuotaChoice } from '../../shared/quota-choice'
import type { RecordedFrame, RunFigures, RunPage, RunSummary } from '../../shared/runs'
import type { SimulatorKnobs } from '../../shared/simulator-knobs'
import type { ResultQuery, ResultRows, ResultRowsRequest, ResultSelection } from '../../shared/results-query'

/** Thrown when what was asked for cannot be done. The message is for the person: why, and what to do next. */
export class OperatorRefused extends Error {
  override readonly name = 'OperatorRefused'
}

/** Seconds and markers, oldest first. */
export interface ChartPart {
  readonly points: readonly SeriesPoint[]
  readonly markers: readonly Omit<Marker, 'seq'>[]
}

/** What a window can show of the time before this console was started, each oldest first. */
export interface Recollection extends ChartPart {
  readonly batches: readonly BatchRecord[]
  readonly epochs: readonly EpochRecord[]
}

/** Where the charts are kept over a restart. */
export interface ChartArchive {
  readonly known: Recollection
  append(part: ChartPart): Promise<void>
}

/** Where the runs are kept. Each rejects when that cannot be done. */
export interface RunArchive {
  /** Newest first. */
  list(): Promise<readonly RunSummary[]>
  read(id: number, from: number): Promise<RunPage>
  /** Adds to a run, which begins with the first call. */
  append(figures: RunFigures, frames: readonly RecordedFrame[]): Promise<void>
  /** Puts these frames in the place of all that was recorded of the run. */
  rewrite(figures: RunFigures, frames: readonly RecordedFrame[]): Promise<void>
}

/** The demo's own API. */
export interface DemoApi {
  read(): SimulatorKnobs
  /** Answers what is in force then. */
  turn(knobs: SimulatorKnobs): SimulatorKnobs
}

/** The accounts' quotas: what is known of each, and what is said of it. */
export interface QuotaOffice {
  /** Also of accounts that nothing is paced by just now. */
  quotas(): readonly QuotaReport[]
  /** In force for all engines of the account when it has answered. */
  tell(account: number, choice: QuotaChoice): Promise<void>
}

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

export interface WriteProgress {
  readonly rows: number
  /** Items looked at; a filter may have left some of them out. */
  readonly seen: number
  readonly totalRows: number
}

export interface ExportOptions {
  readonly plan: ExportPlan
  readonly file: string
  readonly signal: AbortSignal
  onProgress(progress: WriteProgress): void
}

/** Writes a CSV. Rejects with a message for a person; with the signal's reason when it was cancelled. */
export type WriteCsv = (options: ExportOptions) => Promise<{ readonly rows: number; readonly bytes: number }>

/** The results, to be looked through. Each rejects with a message for a person. */
export interface ResultShelf {
  query(query: ResultQuery): Promise<ResultSelection>
  rows(request: ResultRowsRequest): Promise<ResultRows>
}

/** The pairs that were given up. Each rejects with a message for a person. */
export interface FailureShelf {
  query(filter: FailureFilter): Promise<FailureSelection>
  /** Null where the selection is not known any more: ask again. */
  rows(request: { readonly selection: number; readonly from: number; readonly count: number }): Promise<readonly FailureRow[] | null>
  /** Answer how many pairs were moved. */
  retry(choice: FailureChoice): Promise<number>
  /** Takes the last retry back, for those that still wait; answers how many are failed again. */
  undoRetry(): Promise<number>
  discard(choice: FailureChoice): Promise<number>
}

/** The pairs that have no outcome yet. Each rejects with a message for a person. */
export interface WaitingShelf {
  rows(request: WaitingRowsRequest): Promise<readonly WaitingRow[]>
  search(search: WaitingSearch): Promise<WaitingFound>
  /** Answers how many pairs changed. */
  prioritize(choice: PriorityChoice): Promise<number>
  /** Gives the pairs of the last change the priorities that they had, where they still wait; answers how many changed. */
  undoPrioritize(): Promise<number>
}

/** A file of pairs that can be read. */
export interface ImportFile {
  /** Without its folder. */
  readonly name: string
  readonly bytes: number
  /** Removes what was made for the import; never the person's own file. */
  remove(): Promise<void>
}

/** A copy of a file that comes in pieces. Each rejects with a message for a person. */
export interface ReceivedFile extends ImportFile {
  take(at: number, piece: Uint8Array): Promise<void>
  /** All pieces have come. */
  finish(): Promise<void>
}

export interface ImportWatch {
  readonly signal: AbortSignal
  onProgress(figures: Partial<ImportFigures>): void
}

/** Files of pairs. Each rejects with a message for a person; with the signal's reason when it was cancelled. */
export interface PairIntake {
  open(path: string): Promise<ImportFile>
  receive(name: string, bytes: number): Promise<ReceivedFile>
  /** What queueing would do; queues nothing. */
  check(file: ImportFile, watch: ImportWatch): Promise<void>
  queue(file: ImportFile, watch: ImportWatch): Promise<void>
  /** Answers how many rows were written. */
  saveRejected(file: ImportFile, target: string): Promise<number>
}

/** One pair, looked at closely. Each rejects with a message for a person. */
export interface PairLens {
  /** Null where it has none. */
  result(id: string): Promise<PairResult | null>
  /** Asked of the API anew. */
  trades(id: string): Promise<PairTrades>
  birdeyeFigures(id: string): Promise<BirdeyeFigures>
}

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
