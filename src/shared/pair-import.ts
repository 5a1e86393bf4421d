/**
 * Queueing the pairs of a file from the window: checked first, then queued. Free of the validator, so that the window can
 * have the bounds.
 */

/** A file that is dropped on the window crosses to main in pieces of at most this. */
export const IMPORT_PIECE_BYTES = 256 * 1024
/** Larger files are not copied: they can be chosen by the dialog, or read by the command line. */
export const MAX_DROPPED_BYTES = 2 * 1024 ** 3
/** What a frame carries of an import; the log and the file of rejected rows have them all. */
export const MAX_TOLD_REJECTIONS = 20
export const MAX_SAMPLE_ROWS = 6

/** Every row is in exactly one of these, as soon as it has been looked at. */
export interface ImportCounts {
  /** New in the queue: would be, while the file is checked; are, once it is queued. */
  readonly fresh: number
  /** Known to the queue, or earlier in the file. */
  readonly duplicates: number
  readonly rejected: number
}

export interface ImportRejection {
  /** From 1. */
  readonly line: number
  readonly reason: string
  /** The beginning of the row. */
  readonly excerpt: string
}

/** One of the first good rows, as it was understood. */
export interface ImportSampleRow {
  readonly line: number
  readonly chain: string
  readonly wallet: string
  readonly token: string
  readonly symbol: string | null
  readonly priority: number
  readonly isFresh: boolean
}

/** What is known of a file, so far or as a whole. */
export interface ImportFigures {
  readonly counts: ImportCounts
  /** Of the file, by this pass over it. */
  readonly readBytes: number
  /** The first of them. */
  readonly rejections: readonly ImportRejection[]
  readonly sample: readonly ImportSampleRow[]
  /** False once the file has more rows than are compared with each other: some of `fresh` may be duplicates then. */
  readonly comparesAll: boolean
}

export type ImportState =
  /** A dropped file is on its way to main. */
  | { readonly kind: 'receiving' }
  | { readonly kind: 'checking' }
  /** Nothing is queued yet: the person decides. */
  | { readonly kind: 'checked' }
  | { readonly kind: 'queueing' }
  | { readonly kind: 'finished' }
  /** What was queued by then stays queued. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string }

export interface ImportProgress extends ImportFigures {
  readonly id: string
  /** Of the file, without its folder. */
  readonly name: string
  readonly bytes: number
  /** Unix ms, of this pass. */
  readonly startedAtMs: number
  readonly state: ImportState
}

/** How an import began: the person may have closed the dialog. */
export type ImportBegun = { readonly kind: 'begun'; readonly id: string } | { readonly kind: 'dismissed' }

export function isImportUnderWay({ kind }: ImportState): boolean {
  return kind === 'receiving' || kind === 'checking' || kind === 'queueing'
}
