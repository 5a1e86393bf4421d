/**
 * The console without a window: the same operator from the command line. Results go to stdout, everything else to stderr.
 */
import { assemble, type Assembly, type AssembleOptions } from './assembly/assemble'
import { openBooks, type Books } from './assembly/books'
import { enqueue, exportTo, prioritize, status } from './cli/books-commands'
import { discover, printPreview } from './cli/discover'
import { isExpected } from './cli/expected-errors'
import { countFailed, discardFailed, retryFailed } from './cli/failure-commands'
import { runLine, type Actions, type CommonFlags } from './cli/program'
import { showProgress } from './cli/progress'
import { simulate } from './cli/simulate'
import { EXIT, processTerminal as terminal } from './cli/terminal'
import { work } from './cli/work'
import { keepMemoryLean } from './lean-memory'
import { loadSettings } from './settings/load-settings'
import { userDataDir } from './settings/user-data-dir'

// In place of the command line, which every user of the machine can read and which may hold a password.
process.title = 'sluice'
keepMemoryLean()
void main()

async function main(): Promise<void> {
  process.exitCode = await runLine(process.argv.slice(2), actionsOf(), terminal).catch(explain)
  // Idle keep-alive sockets of the API would hold the process for seconds after all is said.
  process.exit()
}

function actionsOf(): Actions {
  return {
    work: (flags, { untilEmpty, json }) => withAssembly(flags, untilEmpty, (assembly) => work(assembly, { json }, terminal)),
    enqueue: (flags, file, reanalyze) => withBooks(flags, (books) => enqueue(books, file, reanalyze, terminal)),
    status: (flags, json) => withBooks(flags, (books) => status(books, json, terminal)),
    exportTo: (flags, kind, file) => withBooks(flags, (books) => exportTo(books, kind, file, terminal)),
    countFailed: (flags, filter) => withBooks(flags, (books) => countFailed(books, filter, terminal)),
    retryFailed: (flags, filter) => withBooks(flags, (books) => retryFailed(books, filter, terminal)),
    discardFailed: (flags, filter) => withBooks(flags, (books) => discardFailed(books, filter, terminal)),
    prioritize: (flags, priority, pairs) => withBooks(flags, (books) => prioritize(books, priority, pairs, terminal)),
    previewDiscovery: async (flags, plan, json) => printPreview(plan, settingsFor(flags).config, json, terminal),
    discover: (flags, plan, json) => withAssembly(flags, false, (assembly) => discover(assembly, plan, json, terminal)),
    simulate: (options) => simulate(options, terminal),
    demo,
  }
}

async function demo(flags: CommonFlags): Promise<number> {
  // The ordinary lines would push the progress away; what needs a person is said all the same.
  const onLogLine: AssembleOptions['onLogLine'] = ({ level, text }) => {
    if (level === 'info') return
    if (terminal.isScreen) process.stderr.write('\r\u001b[2K')
    terminal.err(`${level.toUpperCase()} ${text}`)
  }
  const assembly = await assemble({ ...assembleOptions(flags), demo: 'always', untilEmpty: true, onLogLine })
  return closing(assembly, async () => {
    const end = showProgress((listener) => assembly.operator.subscribe(listener), terminal)
    const code = await work(assembly, { json: false }, terminal).finally(end)
    // It would wait for a Redis that is away, perhaps for ever.
    if (assembly.connection.state.kind === 'ready') await status(assembly, false, terminal)
    terminal.err('The results as a CSV: npm run --silent cli -- export results results.csv --pipeline demo')
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

async function withAssembly(flags: CommonFlags, untilEmpty: boolean, task: (assembly: Assembly) => Promise<number>): Promise<number> {
  const assembly = await assemble({ ...assembleOptions(flags), demo: 'never', untilEmpty })
  return closing(assembly, () => task(assembly))
}

async function withBooks(flags: CommonFlags, task: (books: Books) => Promise<number>): Promise<number> {
  const { config, warnings } = settingsFor(flags)
  for (const warning of warnings) terminal.err(warning)
  const books = await openBooks(config, userDataDir(process.env), config.redis)
  for (const warning of books.connection.facts.warnings) terminal.err(warning)
  return closing(books, () => task(books))
}

async function closing<T>(opened: { close(): Promise<void> }, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } finally {
    // What the task answered, or failed with, says more than what could not be closed after it.
    await opened.close().catch((error: unknown) => terminal.err(`sluice: ${error instanceof Error ? error.message : error}`))
  }
}

/** Says what went wrong in words; a mistake of ours shows its stack, as only we can mend it. Answers the exit code. */
function explain(error: unknown): number {
  if (isExpected(error)) {
    terminal.err(`sluice: ${error.message}`)
    return EXIT.unusable
  }
  terminal.err(`sluice: a mistake in Sluice itself, please report it: ${error instanceof Error ? error.stack : error}`)
  return EXIT.failed
}
