const pairs = (n: number) => (n === 1 ? 'pair' : 'pairs')

/** The words of the header: where the console is connected to, and what the run does. */
export const header = {
  demo: 'demo',
  pipeline: (name: string) => `Pipeline ${name}`,
  redis: 'Redis',
  redisAway: 'does not answer',
  redisUnknown: 'not measured yet',
  redisAbout: (name: string, state: string) => `Redis: ${name}, ${state}`,
  api: 'API',
  apiAbout: (name: string, state: string | null) => (state ? `API: ${name}, ${state}` : `API: ${name}`),
  keyRefused: 'key refused',
  allowanceSpent: 'allowance spent',
  refuses: (share: string) => `refuses ${share}`,
} as const

export const run = {
  states: {
    idle: 'Idle',
    running: 'Running',
    pausing: 'Pausing',
    draining: 'Draining',
    stopping: 'Stopping',
    'waiting-for-redis': 'Waiting for Redis',
    'redis-full': 'Redis is full',
  },
  pausedBy: { operator: 'Paused', configuration: 'Paused: key refused', allowance: 'Paused: allowance spent' },
  breaker: { open: 'Breaker open', 'half-open': 'Breaker: trying one pair', closing: 'Breaker closing' },
  finished: 'Finished',
  noContact: 'No contact',
  waiting: (count: string, n: number) => `${count} ${pairs(n)} to do`,
  took: (clock: string) => `took ${clock}`,
  doneIn: (range: string) => `done in about ${range}`,
  nothingWaits: 'all done, waiting for new pairs',
  toggle: { start: 'Start', pause: 'Pause', resume: 'Resume', 'keep-running': 'Keep running' },
  pausedUntil: (time: string) => `Paused until ${time}`,
  inFlight: (count: string) => `${count} in flight`,
  pauseUntil: {
    title: 'Pause, and resume by itself',
    spans: (minutes: number) => (minutes < 60 ? `${minutes} min` : `${minutes / 60} h`),
    time: 'Time of day',
    atTime: 'Until then',
    quota: 'Until the quota resets',
    quotaNot: 'Requests are let through just now: there is no reset to wait for',
  },
  drain: 'Drain',
  drainAbout: 'Finish what is in flight, then stop',
  stop: 'Stop now',
  stopAbout: (inFlight: number | null) =>
    inFlight === null || inFlight === 0
      ? 'Nothing new starts. Whatever is in flight by then goes back to the front of the queue; nothing is lost.'
      : `The ${inFlight} ${pairs(inFlight)} in flight ${inFlight === 1 ? 'goes' : 'go'} back to the front of the queue and will be next when you start again. Nothing is lost, but requests already sent are spent. To finish them first, use Drain.`,
  stopNot: 'Keep running',
  stopSure: 'Stop and give back',
} as const
