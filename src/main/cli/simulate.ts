import type { SimulatorOptions } from '../simulator/options'
import { startSimulator } from '../simulator/simulator'
import { EXIT, type Terminal } from './terminal'

/** Runs the simulator until a signal comes. Answers the exit code. */
export async function simulate(options: SimulatorOptions, terminal: Terminal): Promise<number> {
  const simulator = await startSimulator(options)
  for (const note of simulator.notes) terminal.err(note)
  terminal.out(`Simulating BirdEye at ${simulator.url} (counters at ${simulator.url}/__stats). Ctrl-C ends it.`)
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  await simulator.close()
  return EXIT.ok
}
