import type { SimulatorKnobs } from '../../shared/simulator-knobs'
import type { DemoApi } from './ports'

type Say = (words: string, marker: string) => void

/** The demo's API, as an operator turns it; there is none where real pairs are worked. */
export class SimulatorDesk {
  constructor(
    private readonly api: DemoApi | null,
    private readonly say: Say,
  ) {}

  /** Null where there is none. */
  read(): SimulatorKnobs | null {
    return this.api?.read() ?? null
  }

  /** In force with the next request. Answers what is; null where there is none. */
  turn(knobs: SimulatorKnobs): SimulatorKnobs | null {
    if (this.api === null) return null
    const before = this.api.read()
    const now = this.api.turn(knobs)
    const changes = changesBetween(before, now)
    if (changes.length > 0) this.say(`Simulator: ${changes.join(', ')}`, `API ${changes.join(', ')}`)
    return now
  }
}

function changesBetween(before: SimulatorKnobs, now: SimulatorKnobs): string[] {
  const change = (name: keyof SimulatorKnobs, words: string, unit: string) =>
    before[name] === now[name] ? [] : [`${words} ${before[name]} → ${now[name]}${unit}`]
  return [...change('requestsPerSecond', 'quota', '/s'), ...change('latencyMs', 'latency', ' ms'), ...change('errorPercent', 'errors', ' %')]
}
