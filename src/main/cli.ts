/**
 * The console without a window: the same operator from the command line. Results go to stdout, everything else to stderr.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { DEFAULT_CHAIN } from '../shared/chains'
import { DISCOVERY_BOUNDS } from '../shared/discovery'
import { FAILURE_REASONS } from '../shared/failures'
import { EXPORT_KINDS } from '../shared/frames'
import { MAX_PRIORITY } from '../shared/pair'
import { assemble, type AssembleOptions } from './assembly/assemble'
import { openBooks, type Books } from './assembly/books'
import { enqueue, exportTo, isExportKind, prioritize, status } from './cli/books-commands'
import { chainOf, countOf, discover, printPreview } from './cli/discover'
import { countFailed, discardFailed, failureFilterOf, retryFailed, type FailureFlags } from './cli/failure-commands'
import { isExpected } from './cli/expected-errors'
import { showProgress } from './cli/progress'
import { simulate } from './cli/simulate'
import { EXIT, processTerminal as terminal } from './cli/terminal'
import { work } from './cli/work'
import { loadSettings } from './settings/load-settings'
import { userDataDir } from './settings/user-data-dir'
import { SIMULATOR_FLAGS } from './simulator/options'

interface CommonFlags {
  readonly config?: string
  readonly redis?: string
  readonly api?: string
  readonly pipeline?: string
}

// In place of the command line, which every user of the machine can read and which may hold a password.
process.title = 'sluice'
void main()

async function main(): Promise<void> {
  try {
    await program().parseAsync(process.argv)
  } catch (error) {
    process.exitCode = explain(error)
  }
  // Idle keep-alive sockets of the API would hold the process for seconds after all is said.
  process.exit()
}

function program(): Command {
  const root = new Command('sluice')
    .description('Works a queue of wallet-token pairs through a rate-limited API.')
    .exitOverride()
    .configureOutput({ outputError: (text) => terminal.err(text.trimEnd()) })
  command(root, 'work', 'works the queue')
    .option('--until-empty', 'end when the queue is empty', false)
    .option('--json', "print this run's figures as the last line of stdout", false)
    .action((flags: CommonFlags & { untilEmpty: boolean; json: boolean }) =>
      finish(async () => {
        const assembly = await assemble({ ...assembleOptions(flags), demo: 'never', untilEmpty: flags.untilEmpty })
        return closing(assembly, () => work(assembly, flags, terminal))
      }),
    )
  command(root, 'enqueue <file>', 'queues the pairs of a CSV (with a header) or JSON-lines file')
    .option('--reanalyze', 'queue pairs that are done once more', false)
    .action((file: string, flags: CommonFlags & { reanalyze: boolean }) =>
      withBooks(flags, (books) => enqueue(books, file, flags.reanalyze, terminal)),
    )
  discoverCommand(root)
  command(root, 'status', 'prints the ledger and the rates')
    .option('--json', 'as one JSON object', false)
    .action((flags: CommonFlags & { json: boolean }) => withBooks(flags, (books) => status(books, flags.json, terminal)))
  command(root, 'export <kind> <file>', `writes a CSV of ${EXPORT_KINDS.join(', ')}`).action(
    (kind: string, file: string, flags: CommonFlags) => {
      if (!isExportKind(kind)) {
        throw new InvalidArgumentError(`export: "${kind}" is not known; allowed are ${EXPORT_KINDS.join(', ')}`)
      }
      return withBooks(flags, (books) => exportTo(books, kind, file, terminal))
    },
  )
  failureCommands(root)
  command(root, 'priority <level>', `gives waiting pairs another priority, 0 (last) to ${MAX_PRIORITY} (first)`)
    .option('--wallet <address>', 'those of this wallet')
    .option('--token <address>', 'those of this token')
    .option('--all', 'every pair that waits', false)
    .action((level: string, flags: CommonFlags & { wallet?: string; token?: string; all: boolean }) => {
      const priority = priorityFrom(level)
      if (flags.all === (flags.wallet !== undefined || flags.token !== undefined)) {
        throw new InvalidArgumentError('priority: say which pairs: --wallet ADDRESS, --token ADDRESS, both, or --all')
      }
      return withBooks(flags, (books) => prioritize(books, priority, flags, terminal))
    })
  const simulator = root.command('simulate').description('runs the simulated API')
  for (const { flag, about } of SIMULATOR_FLAGS) simulator.option(flag, about)
  simulator.action((flags: Record<string, unknown>) => finish(() => simulate(flags, terminal)))
  command(root, 'demo', 'works the demo pairs against the built-in simulator, with a live progress line').action(
    (flags: CommonFlags) => finish(() => demo(flags)),
  )
  return root
}

function priorityFrom(level: string): number {
  if (/^\d$/.test(level) && Number(level) <= MAX_PRIORITY) return Number(level)
  throw new InvalidArgumentError(`priority: "${level}" is not a whole number from 0 to ${MAX_PRIORITY}`)
}

function command(root: Command, nameAndArguments: string, description: string): Command {
  return root
    .command(nameAndArguments)
    .description(description)
    .option('--config <file>', 'TOML file with the settings')
    .option('--redis <url>', 'Redis to work with (SLUICE_REDIS_URL)')
    .option('--api <url>', 'base URL of the API (SLUICE_API_BASE_URL)')
    .option('--pipeline <name>', 'which queue in that Redis')
}

/** Of failed pairs: those that all of the flags let through. */
function failureCommands(root: Command): void {
  const about = (name: string, description: string) =>
    command(root, name, description)
      .addOption(new Option('--reason <reason>', 'only those that failed for this reason').choices(FAILURE_REASONS))
      .option('--text <words>', 'only those with this in wallet, token, symbol or message')
      .option('--wallet <address>', 'only those of this wallet')
      .option('--token <address>', 'only those of this token')
      .option('--min-attempts <n>', 'only those that were tried and failed at least n times')
      .option('--min-refusals <n>', 'only those that were refused at least n times')
      .option('--min-recoveries <n>', 'only those that were part of at least n crashes')
      .option('--dry-run', 'only say how many there are', false)
  about('retry-failed', 'puts failed pairs back into the queue').action((flags: CommonFlags & FailureFlags & { dryRun: boolean }) => {
    const filter = argument(failureFilterOf)(flags)
    return withBooks(flags, (books) => (flags.dryRun ? countFailed : retryFailed)(books, filter, terminal))
  })
  about('discard-failed', 'takes failed pairs out of the books for good')
    .option('--all', 'every failed pair', false)
    .action((flags: CommonFlags & FailureFlags & { dryRun: boolean; all: boolean }) => {
      const filter = argument(failureFilterOf)(flags)
      if (flags.all === Object.keys(filter).length > 0) {
        throw new InvalidArgumentError('discard-failed: say which pairs by --reason, --text, --wallet, --token, --min-…, or --all')
      }
      return withBooks(flags, (books) => (flags.dryRun ? countFailed : discardFailed)(books, filter, terminal))
    })
}

type DiscoverFlags = CommonFlags & { tokens: number; traders: number; chain: string; dryRun: boolean; json: boolean }

function discoverCommand(root: Command): void {
  const { tokens, traders } = DISCOVERY_BOUNDS
  command(root, 'discover', 'queues the top traders of trending tokens; says first what that costs')
    .option('--tokens <n>', 'trending tokens', argument((text) => countOf('tokens', text)), tokens.usual)
    .option('--traders <n>', 'top traders of each token', argument((text) => countOf('traders', text)), traders.usual)
    .option('--chain <name>', 'the chain to look at', argument(chainOf), DEFAULT_CHAIN)
    .option('--dry-run', 'only say what it would cost; nothing is sent', false)
    .option('--json', 'print the figures as one JSON object', false)
    .action(({ tokens, traders, chain, dryRun, json, ...flags }: DiscoverFlags) =>
      finish(async () => {
        const plan = { chain, tokens, traders }
        if (dryRun) return printPreview(plan, settingsFor(flags).config, json, terminal)
        const assembly = await assemble({ ...assembleOptions(flags), demo: 'never', untilEmpty: false })
        return closing(assembly, () => discover(assembly, plan, json, terminal))
      }),
    )
}

/** A reader of an argument whose Errors are the user's to read. */
function argument<A, T>(read: (given: A) => T): (given: A) => T {
  return (given) => {
    try {
      return read(given)
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
    }
  }
}

async function demo(flags: CommonFlags): Promise<number> {
  // The ordinary lines would push the progress away; what needs a person is said all the same.
  const onLogLine: AssembleOptions['onLogLine'] = ({ level, text }) => {
    if (level !== 'info') terminal.err(`${terminal.isScreen ? '\r\u001b[2K' : ''}${level.toUpperCase()} ${text}`)
  }
  const assembly = await assemble({ ...assembleOptions(flags), demo: 'always', untilEmpty: true, onLogLine })
  return closing(assembly, async () => {
    const end = showProgress((listener) => assembly.operator.subscribe(listener), terminal)
    const code = await work(assembly, { json: false }, terminal).finally(end)
    // It would wait for a Redis that is away, perhaps for ever.
    if (assembly.connection.state.kind === 'ready') await status(assembly, false, terminal)
    return code
  })
}

function assembleOptions(flags: CommonFlags): Pick<AssembleOptions, 'config' | 'warnings' | 'userData' | 'onLogLine'> {
  return {
    ...settingsFor(flags),
    userData: userDataDir(process.env),
    onLogLine: ({ atMs, level, text }) => {
      terminal.err(`${new Date(atMs).toISOString()} ${level === 'info' ? '' : `${level.toUpperCase()} `}${text}`)
    },
  }
}

function settingsFor({ config: file, redis, api, pipeline }: CommonFlags) {
  return loadSettings({ file, env: process.env, flags: { redis, api, pipeline } })
}

function withBooks(flags: CommonFlags, task: (books: Books) => Promise<number>): Promise<void> {
  return finish(async () => {
    const { config, warnings } = settingsFor(flags)
    for (const warning of warnings) terminal.err(warning)
    const books = await openBooks(config, userDataDir(process.env), config.redis)
    for (const warning of books.connection.facts.warnings) terminal.err(warning)
    return closing(books, () => task(books))
  })
}

async function closing<T>(opened: { close(): Promise<void> }, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } finally {
    // What the task answered, or failed with, says more than what could not be closed after it.
    await opened.close().catch((error: unknown) => terminal.err(`sluice: ${error instanceof Error ? error.message : error}`))
  }
}

async function finish(task: () => Promise<number>): Promise<void> {
  process.exitCode = await task()
}

/** Says what went wrong in words; a mistake of ours shows its stack, as only we can mend it. Answers the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok
    if (error instanceof InvalidArgumentError) terminal.err(`sluice: ${error.message}`)
    return EXIT.unusable
  }
  if (isExpected(error)) {
    terminal.err(`sluice: ${error.message}`)
    return EXIT.unusable
  }
  terminal.err(`sluice: a mistake in Sluice itself, please report it: ${error instanceof Error ? error.stack : error}`)
  return EXIT.failed
}
