import type { BatchRecord, BreakerReport, EpochRecord, RunState, SweepReport } from '../../shared/frames'
import type { Worked } from './batch'
import type { ChosenBy, SizingKind } from './batch-sizes'
import type { Effort, Outcome } from './ports'
import type { Wait } from './pacing'

/** The states that an engine can be in by itself; whether Redis answers, and has room, is not its affair. */
export type EngineState = Exclude<RunState, { kind: 'waiting-for-redis' | 'redis-full' }>

/** What the engine announces. Events tell what has happened; commands are method calls. */
export type EngineEvent =
  | { readonly type: 'state-changed'; readonly state: EngineState }
  | { readonly type: 'adopted'; readonly adopted: number; readonly duplicates: number; readonly rejected: number }
  | { readonly type: 'recovered'; readonly recovered: number; readonly failed: number }
  | { readonly type: 'batch-started'; readonly number: number; readonly size: number }
  | { readonly type: 'pair-finished'; readonly outcome: Outcome['kind']; readonly tookMs: number; readonly effort: Readonly<Effort> }
  | { readonly type: 'batch-settled'; readonly batch: BatchRecord; readonly tally: Tally; readonly wait: Wait; readonly worked: readonly Worked[] }
  | { readonly type: 'leases-lost'; readonly pairs: number }
  | { readonly type: 'batch-size-asked'; readonly from: number; readonly to: number }
  | {
      readonly type: 'batch-size-in-force'
      readonly from: number
      readonly to: number
      readonly by: ChosenBy
      readonly why: string
    }
  | { readonly type: 'sizing-changed'; readonly sizing: SizingKind }
  | { readonly type: 'pacing-changed'; readonly pacing: 'adaptive' | 'classic' }
  | { readonly type: 'pair-timeout-changed'; readonly fromMs: number; readonly toMs: number }
  | { readonly type: 'epoch-began'; readonly epoch: EpochRecord }
  | { readonly type: 'epoch-ended'; readonly epoch: EpochRecord }
  | { readonly type: 'sweep-changed'; readonly sweep: SweepReport }
  | { readonly type: 'breaker-changed'; readonly breaker: BreakerReport }
  /** Nothing is let through for a while: nothing is claimed either. */
  | { readonly type: 'held'; readonly forMs: number; readonly why: string }
  /** The queue refused a command, which is tried again. */
  | { readonly type: 'stumbled'; readonly message: string }
  /** It takes every command again that it had refused. */
  | { readonly type: 'steadied' }

/** Where the pairs of a settled batch went. Late ones went nowhere: another engine has them. */
export interface Tally {
  readonly done: number
  readonly failed: number
  readonly toFront: number
  readonly delayed: number
  readonly late: number
}
