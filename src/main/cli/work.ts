import type { Assembly } from '../assembly/assemble'
import { RunSummary } from '../operator/run-summary'
import { EXIT, type Terminal } from './terminal'

interface WorkOptions {
  /** Print the run's figures on stdout. */
  readonly json: boolean
}

type Ending = 'empty' | 'blocked' | 'interrupted'

/**
 * Works the queue until the engine ends by itself, or until a signal comes. The first SIGINT or SIGTERM gives back what is
 * in flight and ends; a second one ends at once, and the leases give the pairs back. Answers the exit code.
 */
export async function work(assembly: Assembly, options: WorkOptions, terminal: Terminal): Promise<number> {
  const { engine, queue } = assembly
  const summary = new RunSummary(await queue.audit())
  engine.subscribe((event) => summary.record(event))
  assembly.onRequest((fate) => summary.countRequest(fate))
  const startedMs = performance.now()
  const ending = await untilItEnds(assembly)
  const durationMs = performance.now() - startedMs
  if (assembly.connection.state.kind === 'lost') {
    terminal.err('Ended while Redis does not answer: what was in flight comes back when its leases end. Nothing is lost')
    return EXIT.interrupted
  }
  const ledger = await queue.audit()
  if (options.json) terminal.out(JSON.stringify(summary.figures(durationMs, engine.batchSize.inForce, ledger.lost)))
  if (ledger.lost !== 0) {
    terminal.err(`${ledger.lost} pairs are missing from the ledger. This must not happen: please report it`)
    return EXIT.failed
  }
  if (ending === 'interrupted') return EXIT.interrupted
  return ending === 'blocked' ? EXIT.failed : EXIT.ok
}

/** Starts the engine and waits for its end. An engine that pauses by itself has nothing left to work with: it is ended. */
async function untilItEnds({ engine, operator }: Assembly): Promise<Ending> {
  let ending: Ending = 'empty'
  const unsubscribe = engine.subscribe((event) => {
    if (event.type !== 'state-changed' || event.state.kind !== 'paused') return
    ending = 'blocked'
    engine.drain()
  })
  const interrupt = () => {
    if (ending === 'interrupted') process.exit(EXIT.interrupted)
    ending = 'interrupted'
    operator.say('warn', 'Interrupted: giving back what is in flight. A second signal ends at once')
    engine.stop()
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  operator.start()
  await engine.whenIdle
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  unsubscribe()
  return ending
}
