import type { PaceReport } from '../engine/ports'
import type { AccountGate } from './account-gate'

/** What is let through over all of these accounts, and why. */
export function paceReport(gates: readonly AccountGate[]): PaceReport {
  const rates = gates.map((gate) => gate.permittedPerSecond && gate.permittedPerSecond / gate.sharers)
  const known = rates.filter((rate) => rate !== null)
  const [first] = gates.toSorted((one, other) => one.heldForMs - other.heldForMs)
  return {
    permittedPerSecond: known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0),
    heldForMs: leastHeldMs(gates),
    unexplainedRefusalMs: Math.min(...gates.map(unexplainedMs)),
    why: first?.why ?? '',
  }
}

/** Until the first of them may give a permit. */
export function leastHeldMs(gates: readonly AccountGate[]): number {
  return Math.max(0, Math.min(...gates.map(({ heldForMs }) => heldForMs)))
}

/** The longest window that is known explains refusals for its length. */
function unexplainedMs(gate: AccountGate): number {
  const explainedMs = gate.knowledge.longLimit?.windowMs ?? 0
  return Math.max(0, gate.refusedForMs - explainedMs)
}
