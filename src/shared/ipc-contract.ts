import { z } from 'zod'
import type { ActionName } from './actions'
import type { BatchPair } from './batch-pairs'
import { simulatorKnobsSchema, type SimulatorKnobs } from './simulator-knobs'
import { MAX_BATCH_SIZE, MIN_BATCH_SIZE } from './batch-size'
import { MAX_SETTINGS_BYTES, type ConnectionsReport, type Verdict } from './connections'
import { connectionsDraftSchema, keyTrialSchema, redisDraftSchema } from './connections-schema'
import { DISCOVERY_BOUNDS, type DiscoveryPreview } from './discovery'
import { exportPlanSchema } from './export-plan'
import { failureChoiceSchema, failureFilterSchema, failureRowsSchema, type FailureRow, type FailureSelection } from './failures'
import type { Frame, Snapshot } from './frames'
import { LINK_NAMES } from './links'
import { IMPORT_PIECE_BYTES, MAX_DROPPED_BYTES, type ImportBegun } from './pair-import'
import type { BirdeyeFigures, PairTrades } from './pair-page'
import { PAIR_LIMIT_SECONDS, pauseUntilSchema } from './pause-until'
import type { PairResult } from './result'
import { quotaChoiceSchema } from './quota-choice'
import { resultQuerySchema, resultRowsSchema, type ResultRows, type ResultSelection } from './results-query'
import { MAX_RUN_FRAMES, type RunList, type RunPage } from './runs'
import { priorityChoiceSchema, waitingRowsSchema, waitingSearchSchema, type WaitingFound, type WaitingRow } from './waiting-pairs'

const countWithin = ({ min, max }: { readonly min: number; readonly max: number }) => z.number().int().min(min).max(max)

const discoveryPlan = z.strictObject({
  chain: z.string().min(1).max(32),
  tokens: countWithin(DISCOVERY_BOUNDS.tokens),
  traders: countWithin(DISCOVERY_BOUNDS.traders),
})

const importId = z.string().max(64)
const droppedFile = z.strictObject({ name: z.string().min(1).max(255), bytes: z.number().int().min(0).max(MAX_DROPPED_BYTES) })
const droppedPiece = z.strictObject({
  id: importId,
  at: z.number().int().nonnegative(),
  piece: z.instanceof(Uint8Array).refine(({ length }) => length > 0 && length <= IMPORT_PIECE_BYTES, 'the piece is empty or too large'),
})

/** `from` is where the page before said that the recording goes on; 0 for its first page. */
const runPlace = z.strictObject({ id: z.number().int().positive(), from: z.number().int().min(0).max(MAX_RUN_FRAMES) })

const pairIdText = z.string().min(1).max(400)

/**
 * The one table of what crosses between window and main. A command has a schema for what goes in (main checks every
 * payload against it) and a type for what comes out; a push has a type. Channels are the keys; no other channel exists.
 */
export const commandSchemas = {
  snapshot: z.tuple([]),
  'engine:start': z.tuple([]),
  'engine:pause': z.tuple([]),
  'engine:pause-until': z.tuple([pauseUntilSchema]),
  'engine:resume': z.tuple([]),
  'engine:drain': z.tuple([]),
  'engine:stop': z.tuple([]),
  'engine:set-batch-size': z.tuple([z.number().int().min(MIN_BATCH_SIZE).max(MAX_BATCH_SIZE)]),
  'engine:set-pacing': z.tuple([z.enum(['adaptive', 'classic'])]),
  'engine:set-sizing': z.tuple([z.enum(['auto', 'manual'])]),
  'engine:set-pair-limit': z.tuple([countWithin(PAIR_LIMIT_SECONDS)]),
  'engine:reset-breaker': z.tuple([]),
  'quota:choose': z.tuple([z.number().int().positive(), quotaChoiceSchema]),
  'engine:sweep': z.tuple([]),
  'engine:cancel-sweep': z.tuple([]),
  'export:start': z.tuple([exportPlanSchema]),
  'export:cancel': z.tuple([z.string().max(64)]),
  'export:reveal': z.tuple([z.string().max(64)]),
  'discover:preview': z.tuple([discoveryPlan]),
  'discover:start': z.tuple([discoveryPlan]),
  'discover:cancel': z.tuple([]),
  'failures:query': z.tuple([failureFilterSchema]),
  'failures:rows': z.tuple([failureRowsSchema]),
  'failures:retry': z.tuple([failureChoiceSchema]),
  'failures:undo-retry': z.tuple([]),
  'failures:discard': z.tuple([failureChoiceSchema]),
  'simulator:read': z.tuple([]),
  'simulator:turn': z.tuple([simulatorKnobsSchema]),
  'batch:pairs': z.tuple([z.number().int().positive()]),
  'runs:list': z.tuple([]),
  'runs:page': z.tuple([runPlace]),
  'queue:rows': z.tuple([waitingRowsSchema]),
  'queue:search': z.tuple([waitingSearchSchema]),
  'queue:prioritize': z.tuple([priorityChoiceSchema]),
  'queue:undo-prioritize': z.tuple([]),
  'import:choose': z.tuple([]),
  'import:drop': z.tuple([droppedFile]),
  'import:drop-piece': z.tuple([droppedPiece]),
  'import:drop-end': z.tuple([importId]),
  'import:queue': z.tuple([importId]),
  'import:cancel': z.tuple([importId]),
  'import:dismiss': z.tuple([importId]),
  'import:save-rejected': z.tuple([importId]),
  'results:query': z.tuple([resultQuerySchema]),
  'results:rows': z.tuple([resultRowsSchema]),
  'pair:result': z.tuple([pairIdText]),
  'pair:trades': z.tuple([pairIdText]),
  'pair:birdeye-figures': z.tuple([pairIdText]),
  'link:open': z.tuple([z.enum(LINK_NAMES)]),
  'connections:read': z.tuple([]),
  'connections:test-redis': z.tuple([redisDraftSchema]),
  'connections:test-key': z.tuple([keyTrialSchema]),
  'connections:save': z.tuple([connectionsDraftSchema]),
  'connections:take-toml': z.tuple([z.string().max(MAX_SETTINGS_BYTES)]),
  'connections:write-toml': z.tuple([]),
} as const

/** How an export began: the person may have closed the dialog. */
export type ExportStarted = { readonly kind: 'started'; readonly id: string; readonly file: string } | { readonly kind: 'dismissed' }

/** Results by command. `satisfies`-checked on both sides of the bridge. */
export interface CommandResults {
  snapshot: Snapshot
  'engine:start': void
  'engine:pause': void
  'engine:pause-until': void
  'engine:resume': void
  'engine:drain': void
  'engine:stop': void
  'engine:set-batch-size': void
  'engine:set-pacing': void
  'engine:set-sizing': void
  'engine:set-pair-limit': void
  'engine:reset-breaker': void
  /** In force for all engines of the account. */
  'quota:choose': void
  'engine:sweep': void
  'engine:cancel-sweep': void
  'export:start': ExportStarted
  'export:cancel': void
  'export:reveal': void
  'discover:preview': DiscoveryPreview
  'discover:start': void
  'discover:cancel': void
  'failures:query': FailureSelection
  'failures:rows': readonly FailureRow[] | null
  /** How many pairs were moved. */
  'failures:retry': number
  'failures:undo-retry': number
  'failures:discard': number
  /** Null where real pairs are worked. */
  'simulator:read': SimulatorKnobs | null
  'simulator:turn': SimulatorKnobs
  /** Null where they are not known any more. */
  'batch:pairs': readonly BatchPair[] | null
  'runs:list': RunList
  'runs:page': RunPage
  'queue:rows': readonly WaitingRow[]
  'queue:search': WaitingFound
  /** How many pairs changed. */
  'queue:prioritize': number
  'queue:undo-prioritize': number
  'import:choose': ImportBegun
  /** The id of the import. */
  'import:drop': string
  /** Whether the next piece is wanted. */
  'import:drop-piece': boolean
  'import:drop-end': void
  'import:queue': void
  'import:cancel': void
  'import:dismiss': void
  /** Null when the dialog was dismissed. */
  'import:save-rejected': { readonly file: string; readonly rows: number } | null
  'results:query': ResultSelection
  'results:rows': ResultRows
  'pair:result': PairResult | null
  'pair:trades': PairTrades
  'pair:birdeye-figures': BirdeyeFigures
  'link:open': void
  'connections:read': ConnectionsReport
  'connections:test-redis': Verdict
  'connections:test-key': Verdict
  'connections:save': Verdict
  'connections:take-toml': Verdict
  /** The file that was written, null when the dialog was dismissed. */
  'connections:write-toml': string | null
}

export type CommandName = keyof typeof commandSchemas
export type CommandArguments<C extends CommandName> = z.infer<(typeof commandSchemas)[C]>

/** Main answers every command with one of these: a refusal is a value with words for a person, never a thrown stack. */
export type CommandReply<C extends CommandName> =
  | { readonly ok: true; readonly value: CommandResults[C] }
  | { readonly ok: false; readonly message: string }

export interface Pushes {
  frame: Frame
  /** Asked for in the native menu. */
  action: ActionName
}

/** What the preload puts on `window.sluice`. */
export interface SluiceBridge {
  command<C extends CommandName>(name: C, ...args: CommandArguments<C>): Promise<CommandReply<C>>
  /** Calls the listener for each frame; answers the function that ends it. */
  onFrame(listener: (frame: Frame) => void): () => void
  /** The same for what is asked for in the native menu. */
  onAction(listener: (name: ActionName) => void): () => void
}
