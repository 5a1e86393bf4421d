/** The words between the header and the view: the ledger, and what wants attention. */
export const ledger = {
  title: 'Ledger',
  names: {
    enqueued: 'enqueued',
    ready: 'ready',
    delayed: 'delayed',
    inFlight: 'in flight',
    done: 'done',
    failed: 'failed',
    discarded: 'discarded',
    inbox: 'in the inbox',
    rejected: 'rejected',
  },
  about: {
    enqueued: 'Pairs that were ever taken into the queue',
    ready: 'Waiting to be claimed',
    delayed: 'Waiting for another try after a transient error',
    inFlight: 'Claimed, being analysed',
    done: 'Analysed, with a result',
    failed: 'Given up, with the reason',
    discarded: 'Put away by an operator',
    inbox: 'Arrived, not yet taken into the queue',
    rejected: 'Inbox entries that could not be read; kept in Redis with the reason',
  },
  none: 'Not audited yet',
  checked: (lost: string, age: string) => `${lost} lost · audited ${age} ago`,
  stale: {
    'no-contact': (lost: string) => `${lost} lost when last heard of`,
    'redis-away': (lost: string, age: string) => `${lost} lost at the last audit, ${age} ago: Redis is away`,
    'no-audit': (lost: string, age: string) => `${lost} lost at the last audit, ${age} ago`,
  },
  verdictAbout: {
    sound: 'Counted in Redis in one step: every pair that was enqueued is in exactly one of these places',
    lost: 'Counted in Redis in one step: pairs are missing from the sum. Export what is there, and look at the log',
    stale: 'How the books stand now is not known until the next audit',
  },
} as const

export const notices = {
  silent: (since: string | null) => (since ? `No news from the engine since ${since}.` : 'No news from the engine.'),
  silentAbout: 'What you see is how things stood then. Asking again every second; if this lasts, restart Sluice: nothing is lost.',
  redisAway: 'Redis does not answer',
  redisAwayAbout: (reason: string) =>
    `(${reason}). Nothing can be claimed or settled until it does; Sluice goes on by itself then, and nothing is lost.`,
  redisFull: 'Redis is full',
  redisFullAbout:
    'and may throw nothing away: nothing can be claimed or settled. Raise its maxmemory, or free some of it; Sluice goes on by itself then, and nothing is lost.',
  since: (span: string) => `for ${span}`,
  pausedBy: { configuration: 'Paused: the API refuses the key.', allowance: 'Paused: the allowance is spent.' },
  pausedAbout: {
    configuration: 'The pairs went back untouched. Correct the key where it is set (Setup shows where), then press Resume or start Sluice again.',
    allowance: 'The pairs went back untouched. Press Resume once the provider grants requests again, or add another account.',
  },
  breaker: {
    open: 'Breaker open:',
    'half-open': 'Breaker half-open: trying one pair.',
    closing: 'Breaker closing: working with a few pairs.',
  },
  breakerOpenAbout: (span: string | null) => `· Nothing is claimed and no attempt is spent; the next try comes ${span === null ? 'now' : `in ${span}`}.`,
  breakerTryingAbout: '· If that goes well, the work is taken up step by step.',
  closeBreaker: 'Work on now',
  openSetup: 'Open Setup',
  refused: 'That did not work.',
  unreachable: 'The engine does not answer. Try again; if this lasts, restart Sluice: nothing is lost.',
  dismiss: 'Dismiss',
} as const
