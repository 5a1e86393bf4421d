import { MAX_BATCH_SIZE, MIN_BATCH_SIZE } from '../../shared/batch-size'

/** What the person wants the batch size to be, until the engine says that it was asked. */
export type BatchSizeWish =
  | { readonly kind: 'none' }
  /** Still being dragged or typed. */
  | { readonly kind: 'editing'; readonly size: number }
  /** On its way to the engine, which last said `askedBefore`. */
  | { readonly kind: 'sent'; readonly size: number; readonly askedBefore: number }

export const NO_WISH: BatchSizeWish = { kind: 'none' }

/** The wish after news from the engine: one that was sent ends as soon as the engine's own word has changed. */
export function afterNews(wish: BatchSizeWish, asked: number): BatchSizeWish {
  return wish.kind === 'sent' && (asked === wish.size || asked !== wish.askedBefore) ? NO_WISH : wish
}

/** The size that the controls show. */
export function shownSize(wish: BatchSizeWish, asked: number): number {
  return wish.kind === 'none' ? asked : wish.size
}

export function clampedSize(size: number): number {
  return Math.min(Math.max(Math.round(size), MIN_BATCH_SIZE), MAX_BATCH_SIZE)
}

/**
 * The slider's scale: the square of the way along it, so that the low end, where most quotas lie, has most of the room.
 * Both take and answer values from `MIN_BATCH_SIZE` to `MAX_BATCH_SIZE`.
 */
export function sizeAtPosition(position: number): number {
  const way = (position - MIN_BATCH_SIZE) / (MAX_BATCH_SIZE - MIN_BATCH_SIZE)
  return clampedSize(MIN_BATCH_SIZE + (MAX_BATCH_SIZE - MIN_BATCH_SIZE) * way * way)
}

export function positionOfSize(size: number): number {
  const way = Math.sqrt((size - MIN_BATCH_SIZE) / (MAX_BATCH_SIZE - MIN_BATCH_SIZE))
  return MIN_BATCH_SIZE + (MAX_BATCH_SIZE - MIN_BATCH_SIZE) * way
}
