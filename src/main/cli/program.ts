import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { DEFAULT_CHAIN } from '../../shared/chains'
import { DISCOVERY_BOUNDS, type DiscoveryPlan } from '../../shared/discovery'
import { FAILURE_REASONS, type FailureFilter } from '../../shared/failures'
import { EXPORT_KINDS, type ExportKind } from '../../shared/frames'
import { MAX_PRIORITY } from '../../shared/pair'
import { parseFlags, SIMULATOR_FLAGS, type SimulatorOptions } from '../simulator/options'
import { chainOf, countOf } from './discover'
import { failureFilterOf, type FailureFlags } from './failure-commands'
import { EXIT, type Terminal } from './terminal'

/** What every command that works with a queue takes. */
export interface CommonFlags {
  readonly config?: string
  readonly redis?: string
  readonly api?: string
  readonly pipeline?: string
}

/** Which waiting pairs: those of a wallet, of a token, of both; all where neither is given. */
export interface PairFlags {
  readonly wallet?: string
  readonly token?: string
}

/** What is done once a line has been understood. Each answers the exit code. */
export interface Actions {
  work(flags: CommonFlags, how: { readonly untilEmpty: boolean; readonly json: boolean }): Promise<number>
  enqueue(flags: CommonFlags, file: string, reanalyze: boolean): Promise<number>
  status(flags: CommonFlags, json: boolean): Promise<number>
  exportTo(flags: CommonFlags, kind: ExportKind, file: string): Promise<number>
  countFailed(flags: CommonFlags, filter: FailureFilter): Promise<number>
  retryFailed(flags: CommonFlags, filter: FailureFilter): Promise<number>
  discardFailed(flags: CommonFlags, filter: FailureFilter): Promise<number>
  prioritize(flags: CommonFlags, priority: number, pairs: PairFlags): Promise<number>
  previewDiscovery(flags: CommonFlags, plan: DiscoveryPlan, json: boolean): Promise<number>
  discover(flags: CommonFlags, plan: DiscoveryPlan, json: boolean): Promise<number>
  simulate(options: SimulatorOptions): Promise<number>
  demo(flags: CommonFlags): Promise<number>
}

/**
 * Understands a command line (without the program's name) and does what it says. Answers the exit code of its action; that of
 * what could not be done when the line makes no sense, after saying why. Throws what the action throws.
 */
export async function runLine(line: readonly string[], actions: Actions, terminal: Pick<Terminal, 'out' | 'err'>): Promise<number> {
  let code: number = EXIT.ok
  try {
    const root = programOf(terminal, actions, async (task) => void (code = await task))
    await root.parseAsync(line, { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error instanceof InvalidArgumentError) terminal.err(`sluice: ${error.message}`)
    return error.exitCode === 0 ? EXIT.ok : EXIT.unusable
  }
}

type Finish = (task: Promise<number>) => Promise<void>

function programOf({ out, err }: Pick<Terminal, 'out' | 'err'>, actions: Actions, finish: Finish): Command {
  // Before the commands are made: each takes these over.
  const root = new Command('sluice')
    .description('Works a queue of wallet-token pairs through a rate-limited API.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: (text) => err(text.trimEnd()) })
  workCommands(root, actions, finish)
  bookCommands(root, actions, finish)
  failureCommands(root, actions, finish)
  priorityCommand(root, actions, finish)
  discoverCommand(root, actions, finish)
  simulateCommand(root, actions, finish)
  return root
}

function workCommands(root: Command, actions: Actions, finish: Finish): void {
  command(root, 'work', 'works the queue')
    .option('--until-empty', 'end when the queue is empty', false)
    .option('--json', "print this run's figures as the last line of stdout", false)
    .action(({ untilEmpty, json, ...flags }: CommonFlags & { untilEmpty: boolean; json: boolean }) =>
      finish(actions.work(flags, { untilEmpty, json })),
    )
  command(root, 'demo', 'works the demo pairs against the built-in simulator, with a live progress line').action(
    (flags: CommonFlags) => finish(actions.demo(flags)),
  )
}

function bookCommands(root: Command, actions: Actions, finish: Finish): void {
  command(root, 'enqueue <file>', 'queues the pairs of a CSV (with a header) or JSON-lines file')
    .option('--reanalyze', 'queue pairs that are done once more', false)
    .action((file: string, { reanalyze, ...flags }: CommonFlags & { reanalyze: boolean }) => finish(actions.enqueue(flags, file, reanalyze)))
  command(root, 'status', 'prints the ledger and the rates')
    .option('--json', 'as one JSON object', false)
    .action(({ json, ...flags }: CommonFlags & { json: boolean }) => finish(actions.status(flags, json)))
  command(root, 'export <kind> <file>', `writes a CSV of ${EXPORT_KINDS.join(', ')}`).action(
    (kind: string, file: string, flags: CommonFlags) => {
      const known = EXPORT_KINDS.find((each) => each === kind)
      if (!known) throw new InvalidArgumentError(`export: "${kind}" is not known; allowed are ${EXPORT_KINDS.join(', ')}`)
      return finish(actions.exportTo(flags, known, file))
    },
  )
}

/** Of failed pairs: those that all of the flags let through. */
function failureCommands(root: Command, actions: Actions, finish: Finish): void {
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
    return finish((flags.dryRun ? actions.countFailed : actions.retryFailed)(commonOf(flags), filter))
  })
  about('discard-failed', 'takes failed pairs out of the books for good')
    .option('--all', 'every failed pair', false)
    .action((flags: CommonFlags & FailureFlags & { dryRun: boolean; all: boolean }) => {
      const filter = argument(failureFilterOf)(flags)
      if (flags.all === Object.keys(filter).length > 0) {
        throw new InvalidArgumentError('discard-failed: say which pairs by --reason, --text, --wallet, --token, --min-…, or --all')
      }
      return finish((flags.dryRun ? actions.countFailed : actions.discardFailed)(commonOf(flags), filter))
    })
}

function priorityCommand(root: Command, actions: Actions, finish: Finish): void {
  command(root, 'priority <level>', `gives waiting pairs another priority, 0 (last) to ${MAX_PRIORITY} (first)`)
    .option('--wallet <address>', 'those of this wallet')
    .option('--token <address>', 'those of this token')
    .option('--all', 'every pair that waits', false)
    .action((level: string, flags: CommonFlags & PairFlags & { all: boolean }) => {
      const priority = priorityFrom(level)
      notEmpty('--wallet', flags.wallet)
      notEmpty('--token', flags.token)
      if (flags.all === (flags.wallet !== undefined || flags.token !== undefined)) {
        throw new InvalidArgumentError('priority: say which pairs: --wallet ADDRESS, --token ADDRESS, both, or --all')
      }
      const { wallet, token } = flags
      return finish(actions.prioritize(commonOf(flags), priority, { ...(wallet !== undefined && { wallet }), ...(token !== undefined && { token }) }))
    })
}

function discoverCommand(root: Command, actions: Actions, finish: Finish): void {
  const { tokens, traders } = DISCOVERY_BOUNDS
  command(root, 'discover', 'queues the top traders of trending tokens; says first what that costs')
    .option('--tokens <n>', 'trending tokens', argument((text) => countOf('tokens', text)), tokens.usual)
    .option('--traders <n>', 'top traders of each token', argument((text) => countOf('traders', text)), traders.usual)
    .option('--chain <name>', 'the chain to look at', argument(chainOf), DEFAULT_CHAIN)
    .option('--dry-run', 'only say what it would cost; nothing is sent', false)
    .option('--json', 'print the figures as one JSON object', false)
    .action((flags: CommonFlags & DiscoveryPlan & { dryRun: boolean; json: boolean }) => {
      const { chain, tokens, traders } = flags
      const act = flags.dryRun ? actions.previewDiscovery : actions.discover
      return finish(act(commonOf(flags), { chain, tokens, traders }, flags.json))
    })
}

function simulateCommand(root: Command, actions: Actions, finish: Finish): void {
  const simulator = root.command('simulate').description('runs the simulated API')
  for (const { flag, about } of SIMULATOR_FLAGS) simulator.option(flag, about)
  simulator.action((flags: Record<string, unknown>) => finish(actions.simulate(argument(parseFlags)(flags))))
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

function commonOf({ config, redis, api, pipeline }: CommonFlags): CommonFlags {
  return Object.fromEntries(Object.entries({ config, redis, api, pipeline }).filter(([, value]) => value !== undefined))
}

function priorityFrom(level: string): number {
  if (/^\d$/.test(level) && Number(level) <= MAX_PRIORITY) return Number(level)
  throw new InvalidArgumentError(`priority: "${level}" is not a whole number from 0 to ${MAX_PRIORITY}`)
}

/** An empty address would let everything through: it comes from a variable of the shell that is not set. */
function notEmpty(flag: string, value: string | undefined): void {
  if (value?.trim() === '') throw new InvalidArgumentError(`priority: ${flag} is empty`)
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
