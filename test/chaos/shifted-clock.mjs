/**
 * Loaded before an engine: each SIGUSR2 sets the machine's wall clock on by SLUICE_CHAOS_HOURS hours, as far as the process
 * can see. Monotonic time goes on, as it does on a machine whose clock is set.
 */
const RealDate = Date
const hours = Number(process.env['SLUICE_CHAOS_HOURS'] ?? 0)
let offsetMs = 0

globalThis.Date = class extends RealDate {
  /** @param {any[]} parts */
  constructor(...parts) {
    // @ts-expect-error Date takes any of its forms
    super(...(parts.length === 0 ? [RealDate.now() + offsetMs] : parts))
  }

  static now() {
    return RealDate.now() + offsetMs
  }
}
process.on('SIGUSR2', () => {
  offsetMs += hours * 3_600_000
})
