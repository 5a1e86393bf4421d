import type { PowerMonitor } from 'electron'

/** What is told of the computer's sleep. */
export interface PowerDesk {
  say(level: 'info' | 'warn', text: string): void
  wallMs(): number
}

/**
 * Says when the computer fell asleep and for how long, so that a gap in the charts explains itself. Nothing needs to be done
 * about it: leases are counted by Redis, so what was in flight is taken back by whoever is awake first, and a late settle
 * counts for nothing.
 */
export function followPower(monitor: Pick<PowerMonitor, 'on'>, desk: PowerDesk): void {
  let asleepSinceMs: number | null = null
  monitor.on('suspend', () => {
    asleepSinceMs = desk.wallMs()
    desk.say('info', 'The computer goes to sleep. Leases see to what is in flight')
  })
  monitor.on('resume', () => {
    if (asleepSinceMs === null) return
    desk.say('warn', `The computer was asleep for ${spanOf(desk.wallMs() - asleepSinceMs)}; what was in flight is taken up again, and nothing is lost`)
    asleepSinceMs = null
  })
}

function spanOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
