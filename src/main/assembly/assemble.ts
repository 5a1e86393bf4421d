import { join as joinPath } from 'node:path'
import { configSchema, type Config } from '../../shared/config'
import type { LogLine } from '../../shared/frames'
import { Budget } from '../analysis/compute-units'
import { createPairAnalyzer, type PairAnalyzer } from '../analysis/pair-analyzer'
import { Engine } from '../engine/engine'
import type { Permits } from '../engine/ports'
import type { Governor } from '../governor/governor'
import { knownPerSecond } from '../governor/quota-reports'
import { Operator } from '../operator/operator'
import type { PairSource } from '../operator/ports'
import type { RequestFate } from '../operator/rollup'
import { ownInbox } from '../queue/keys'
import { ResultPages } from '../queue/result-pages'
import { WaitingPages } from '../queue/waiting-pages'
import { demoPairs } from '../simulator/demo-pairs'
import { systemClock } from '../system-clock'
import { configuredApi, demoApi, isApiConfigured, type ApiSource } from './api-source'
import { openBooks, type Books, type QueueNames } from './books'
import { closeAll, type Opened } from './closing'
import { chartsOf, runsOf } from './charts'
import { csvWriter } from './csv-writer'
import { FailureBrowser } from './failure-browser'
import { governorOf, toldBy } from './governed'
import { watchForLostWrites } from './lost-writes'
import { PairIntakeDesk } from './pair-intake'
import { PairDesk } from './pair-lens'
import { pairSource } from './pair-source'
import { QueueDesk } from './queue-desk'
import { ResultDesk } from './result-desk'

/** The parts of a console, joined. Who assembles closes. */
export interface Assembly extends Books {
  readonly engine: Engine
  readonly operator: Operator
  readonly pairSource: PairSource
  /** Calls the listener for each request that has ended; answers the function that ends it. */
  onRequest(listener: (fate: RequestFate) => void): () => void
}

export interface AssembleOptions {
  readonly config: Config
  readonly warnings: readonly string[]
  readonly userData: string
  /** Whether the built-in simulator and its pairs are worked: never, always, or where no API is configured. */
  readonly demo: 'never' | 'always' | 'if-unconfigured'
  readonly untilEmpty: boolean
  /** The built file of the thread that reads results for the window; who has no window needs none, and no charts. */
  readonly resultsProgram?: string
  onLogLine(line: LogLine): void
}

/** The queue of the demo. Its inbox is its own too: it must never take what real producers have pushed. */
const DEMO_QUEUE: QueueNames = { pipeline: 'demo', inbox: ownInbox('demo') }

/** Settings that the demo passes over, in words. */
function demoWarnings({ redis }: Config): string[] {
  const { redis: defaults } = configSchema.parse({})
  const why = `not used: the demo has a queue of its own, "${DEMO_QUEUE.pipeline}", so that its pairs never mix with real ones`
  return (['pipeline', 'inbox'] as const)
    .filter((setting) => redis[setting] !== defaults[setting])
    .map((setting) => `The ${setting} "${redis[setting]}" is ${why}. Configure an API to work it`)
}

/** Thrown when there is nothing to work with. The message says what to set. */
export class NotConfigured extends Error {
  override readonly name = 'NotConfigured'
}

/** Opens Redis and the API and joins them to an engine and its operator. Rejects with a message for a person. */
export async function assemble(options: AssembleOptions): Promise<Assembly> {
  const opened: Opened[] = []
  try {
    return await join(options, opened)
  } catch (error) {
    // Why it could not be opened says more than what could not be closed after that.
    await closeAll(opened).catch(() => undefined)
    throw error
  }
}

/** Notes in `opened` what has been opened, as soon as it is. */
async function join(options: AssembleOptions, opened: Opened[]): Promise<Assembly> {
  const { config } = options
  const api = await openApi(config, options.demo)
  opened.push({ what: 'the API', close: () => api.close() })
  const books = await openBooks(config, options.userData, api.demo ? DEMO_QUEUE : config.redis)
  opened.push({ what: 'Redis', close: () => books.close() })
  // Before anybody looks at the books, so that nobody sees an empty demo.
  const demoPairsQueued = api.demo ? await fillWithDemoPairs(books) : 0
  const fates = new Set<(fate: RequestFate) => void>()
  const notices: { say(text: string): void; told(account: number): void } = { say: () => {}, told: () => {} }
  const governor = await governorOf(api, books, (account) => notices.told(account))
  opened.push({ what: 'the governor', close: () => governor.close() })
  const isPaced = () => engine.pacing.kind === 'adaptive'
  const permits = () => (isPaced() ? governor : null)
  const budget = new Budget(config.birdeye.budget_compute_units ?? null)
  const analyzer = analyzerFor(config, api, { budget, permits, fates, onNotice: (text) => notices.say(text) })
  opened.push({ what: 'the analyzer', close: () => analyzer.close() })
  const engine = engineFor(options, books, { analyzer, governor })
  const quotaPerSecond = () => api.quotaPerSecond ?? knownPerSecond(governor.quotas)
  const readmitAccounts = () => analyzer.readmitAccounts()
  const source = pairSource({ client: analyzer.client, queue: books.queue, quotaPerSecond, readmitAccounts })
  const { pipeline, inbox } = api.demo ? DEMO_QUEUE : config.redis
  const results = new ResultDesk(options.resultsProgram ?? '', { url: books.url, clientName: `sluice:results:${books.owner}`, pipeline, inbox })
  const pairs = new PairDesk({ pages: new ResultPages(books.connection.redis, books.queue.keys), analyzer })
  opened.push({ what: 'the results', close: () => Promise.all([results.close(), pairs.close()]).then(() => undefined) })
  const operator = new Operator({
    engine,
    books: books.queue,
    redis: books.connection,
    writeCsv: csvWriter(books.reader),
    pairSource: source,
    pairIntake: new PairIntakeDesk({ ...books, droppedFolder: joinPath(options.userData, 'dropped') }),
    results,
    pairs,
    failures: new FailureBrowser(books.reader, books.queue),
    waiting: new QueueDesk({ ...books, pages: new WaitingPages(books.connection.redis, books.queue.keys) }),
    demoApi: api.demoApi,
    charts: options.resultsProgram === undefined ? null : await chartsOf(books, options.userData),
    runs: options.resultsProgram === undefined ? null : runsOf(books, options.userData),
    connections: { pipeline: books.queue.pipeline, demo: api.demo, redis: books.where, api: api.name },
    quotaPerSecond,
    quotas: () => (isPaced() ? governor.quotas : []),
    quotaOffice: { quotas: () => governor.quotas, tell: (account, choice) => governor.tell(account, toldBy(choice)) },
    computeUnits: () => ({ spent: budget.spent, budget: budget.limit }),
    readmitAccounts,
    wallMs: systemClock.wallMs,
    onLogLine: options.onLogLine,
  })
  opened.push({ what: 'the operator', close: () => operator.close() })
  const stopWatching = watchForLostWrites(books, (text) => operator.sayOfRedis(text, 'Redis lost writes'))
  opened.push({ what: 'the watch over Redis', close: async () => stopWatching() })
  notices.say = (text) => operator.say('warn', text)
  notices.told = (account) => operator.quotas.told(account)
  fates.add((fate) => operator.countRequest(fate))
  const warnings = [...options.warnings, ...books.connection.facts.warnings, ...(api.demo ? demoWarnings(config) : [])]
  for (const warning of warnings) operator.say('warn', warning)
  for (const standing of operator.quotas.standing) operator.say('info', standing)
  if (demoPairsQueued > 0) operator.say('info', `Queued ${demoPairsQueued.toLocaleString('en-US')} demo pairs`)
  let closing: Promise<void> | null = null
  return {
    ...books,
    engine,
    operator,
    pairSource: source,
    onRequest: (listener) => {
      fates.add(listener)
      return () => fates.delete(listener)
    },
    close: () => (closing ??= closeAll(opened)),
  }
}

async function openApi(config: Config, demo: AssembleOptions['demo']): Promise<ApiSource> {
  if (demo === 'always') return demoApi()
  if (isApiConfigured(config)) return configuredApi(config)
  if (demo === 'if-unconfigured') return demoApi()
  throw new NotConfigured(
    'No API is configured. Set SLUICE_API_KEYS or [birdeye] api_key for BirdEye, or --api URL for another address (npm start shows the demo).',
  )
}

interface AnalyzerWires {
  readonly budget: Budget
  permits(): Permits | null
  readonly fates: ReadonlySet<(fate: RequestFate) => void>
  onNotice(text: string): void
}

function analyzerFor(
  config: Config,
  api: ApiSource,
  { budget, permits, fates, onNotice }: AnalyzerWires,
): PairAnalyzer {
  return createPairAnalyzer({
    baseUrl: api.baseUrl,
    accounts: api.accounts,
    requestTimeoutMs: config.birdeye.request_timeout_seconds * 1000,
    maxTransactions: config.birdeye.max_transactions,
    clock: systemClock,
    budget,
    governor: { permits, patienceMs: config.engine.lease_seconds * 1000 },
    onRequest: (event) => {
      if (event.kind !== 'sent') for (const listener of fates) listener(event.kind)
    },
    onNotice,
  })
}

function engineFor(
  { config, untilEmpty }: AssembleOptions,
  books: Books,
  { analyzer, governor }: { readonly analyzer: PairAnalyzer; readonly governor: Governor },
): Engine {
  return new Engine({
    queue: books.queue,
    analyzer,
    clock: systemClock,
    random: Math.random,
    pace: governor,
    pacing: config.engine.pacing,
    sizing: config.engine.sizing,
    maxBatchSize: config.engine.max_batch_size,
    batchSize: config.system.pnl_parallel_batch_size,
    pairTimeoutMs: config.engine.pair_timeout_seconds * 1000,
    leaseMs: config.engine.lease_seconds * 1000,
    retries: { maxAttempts: config.engine.max_attempts },
    breaker: {
      windowMs: config.engine.breaker_window_seconds * 1000,
      failureShare: config.engine.breaker_failure_share,
      minimumCount: config.engine.breaker_minimum_pairs,
      refusalsMs: config.engine.breaker_refusals_seconds * 1000,
    },
    untilEmpty,
  })
}

/** The demo begins with pairs to work; on later starts it goes on where it was. Answers how many were queued. */
async function fillWithDemoPairs({ queue }: Books): Promise<number> {
  if ((await queue.audit()).enqueued > 0) return 0
  return (await queue.enqueue(demoPairs().map((pair) => JSON.stringify(pair)))).length
}
