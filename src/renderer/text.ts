/** Every word that the window says, in one place, so that it can be said in another language. */

import { brush } from './text/brush'
import { connections } from './text/connections'
import { failures } from './text/failures'
import { pairImport } from './text/pair-import'
import { palette } from './text/palette'
import { queue } from './text/queue'
import { quota } from './text/quota'
import { results } from './text/results'
import { runs } from './text/runs'
import { tuning } from './text/tuning'
import { undo } from './text/undo'

const pairs = (n: number) => (n === 1 ? 'pair' : 'pairs')

export const text = {
  product: 'Sluice',

  keys: { space: 'Space', shift: 'Shift' },

  views: { title: 'Views', status: 'Status', overview: 'Overview', tuning: 'Tuning', queue: 'Queue', results: 'Results', failures: 'Failures', batches: 'Batches', runs: 'Runs', log: 'Log', connections: 'Setup' },

  theme: { title: 'Appearance', auto: 'As the system', light: 'Light', dark: 'Dark' },

  places: { ready: 'ready', delayed: 'delayed', inFlight: 'in flight' },

  outcomes: {
    done: 'done',
    rateLimited: 'rate limited',
    transient: 'transient',
    failed: 'failed',
    untouched: 'given back untouched',
  },

  header: {
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
  },

  run: {
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
  },

  ledger: {
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
  },

  notices: {
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
    breakerOpenAbout: (span: string) => `· Nothing is claimed and no attempt is spent; the next try comes in ${span}.`,
    breakerTryingAbout: '· If that goes well, the work is taken up step by step.',
    closeBreaker: 'Work on now',
    openSetup: 'Open Setup',
    refused: 'That did not work.',
    unreachable: 'The engine does not answer. Try again; if this lasts, restart Sluice: nothing is lost.',
    dismiss: 'Dismiss',
  },

  tiles: {
    goodput: 'Goodput',
    pairsPerSecond: 'pairs/s',
    overTheRun: (rate: string) => `${rate} over the run`,
    notMeasured: 'not measured yet',
    quotaUsed: 'Quota used',
    ofQuota: (rate: string) => `of ${rate}/s`,
    refused: (share: string) => `${share} refused`,
    requests: 'Requests',
    acceptedPerSecond: 'accepted/s',
    quotaUnknown: 'quota not known',
    timePerPair: 'Time per pair',
    p50: 'p50',
    computeUnits: 'Compute units',
    ofBudget: (budget: string) => `of ${budget}`,
    spentSoFar: 'spent',
    willCost: (range: string) => `rest about ${range}`,
    nothingToCome: 'nothing is left to do',
    p95: (p95: string) => `p95 ${p95}`,
    requestsEach: (requests: string) => `${requests} requests`,
    progress: 'Progress',
    finished: 'finished',
    nothingToDo: 'no pairs yet',
    allFinished: 'nothing left to do',
    toDo: (remaining: string) => `${remaining} to do`,
    timeLeft: (range: string) => `${range} left`,
  },

  ranges: { title: 'Time range', '1m': '1 m', '5m': '5 m', '15m': '15 m', '1h': '1 h', run: 'run' },

  charts: {
    throughput: {
      title: 'Throughput',
      unit: (seconds: number) => `pairs/s, mean of ${seconds} s`,
      mean: (seconds: number) => `means of the ${seconds} s before`,
      permitted: 'permits/s',
      quota: (requests: string, pairsPerSecond: string) => `quota ${requests}/s = ${pairsPerSecond} pairs/s`,
    },
    second: { title: 'Second chart', refusals: 'Refusals', pairTimes: 'Times' },
    pairTimes: {
      title: 'Time per pair',
      unit: 'of the pairs done at the time',
      p50: 'median',
      p95: '95 % within',
      tick: (seconds: number) => `${seconds} s`,
      none: 'No pair has been done in this range.',
    },
    refusals: {
      title: 'Retries and refusals',
      unit: (seconds: number) => `per ${seconds} s`,
      refused: 'refused requests',
      retried: 'retries after an error',
    },
    depth: {
      title: 'Queue depth and batch size',
      unit: 'pairs',
      batchSize: 'batch size',
      batchSizeAsked: 'asked for',
      oldest: 'oldest waiting',
      oldestWaits: (span: string) => `pairs · oldest waits ${span}`,
    },
  },

  batchSize: {
    title: 'Batch size',
    slider: 'Batch size slider',
    smaller: 'One fewer',
    larger: 'One more',
    editing: (asked: number) => `let go to ask for it · now ${asked}`,
    asked: (inForce: number) => `asked, ${inForce} until the next batch`,
    notInForceYet: 'from the first batch on',
    sizing: 'Who chooses the batch size',
    sizings: { auto: 'Auto', manual: 'Manual' },
    findBest: 'Find the best',
    findBestWaits: 'while the engine runs',
    sizingAbout: 'Auto follows Little’s law: pairs in flight = pairs per second × time per pair (key A)',
    findBestAbout: 'Steps the size up by itself, holds each step until its goodput is known, and settles where more brings nothing',
    searching: (size: number, found: number) => `trying ${size} · ${found} ${found === 1 ? 'size' : 'sizes'} measured`,
    cancelSearch: 'Cancel',
    autoWhy: (why: string) => `auto: ${why}`,
    autoWould: (size: string) => `auto would take ${size}`,
    inForceFor: (span: string) => `in force for ${span}`,
    was: (previous: number) => `was ${previous}`,
  },

  pairLimit: {
    title: 'Time limit of a pair',
    asked: (seconds: number) => `${seconds} s until the next claim`,
    about: 'A pair that takes longer is given up, and can be retried among the failures. The pairs that are claimed next have it',
    unit: 's',
  },

  pacing: {
    title: 'Pacing',
    kinds: { adaptive: 'Adaptive', classic: 'Classic' },
    about: {
      adaptive: 'Slots are filled as they become free; each request waits for a permit, just below the quota',
      classic: 'All of a batch at once, then a pause: longer after refusals, back to normal by halves',
    },
    learning: 'learning the quota',
    asked: (asked: string, inForce: string) => `${asked} asked for, ${inForce} until what is in flight is finished`,
    quota: (rate: string, percent: string, source: 'configured' | 'headers' | 'learned') =>
      source === 'configured'
        ? `quota ${rate}/s, configured`
        : source === 'headers'
          ? `quota ${rate}/s, told by the API`
          : `quota ${rate}/s ± ${percent}, learned`,
    sharedBy: (engines: number) => `shared by ${engines} engines`,
    heldFor: (span: string) => `held for ${span}`,
    letThrough: '/s',
    breaker: { title: 'Breaker', about: 'Stops the work when the API is out of order, and tries again by itself', closed: 'closed', open: 'open', 'half-open': 'trying', closing: 'closing' },
    notPacing: 'nothing is sent yet',
    beforeNext: (why: string) => `between batches: ${why}`,
    worked: 'worked',
    waited: (share: string) => `waited ${share}`,
    upTo: (longest: string) => `tallest ${longest}`,
    columnsAbout: (n: number) => `Working and waiting times of the last ${n} batches; the batches table has the numbers`,
    column: (number: number, took: string, wait: string) => `#${number}: worked ${took}, waited ${wait}`,
  },

  quota,

  undo,

  simulator: {
    title: 'The demo’s API',
    about: 'The demo works against a simulator in this app. Turn it here, and watch on the overview what the engine makes of it: each change is in force at once, and a marker on the charts.',
    reset: 'Back to the demo’s start',
    knobs: {
      requestsPerSecond: { label: 'Quota', about: 'Requests let through, up to 200 a second', suffix: ' /s' },
      latencyMs: { label: 'Latency', about: 'Median time to an answer, up to 10 s', suffix: ' ms' },
      errorPercent: { label: 'Errors', about: 'Requests that fail, up to half of them', suffix: ' %' },
    },
  },

  batches: {
    recent: 'Recent batches',
    all: 'All batches',
    table: 'Table of the last batches',
    summary: (n: number, pairCount: string, share: string) =>
      `last ${n} ${n === 1 ? 'batch' : 'batches'} · ${pairCount} pairs · ${share} succeeded`,
    columns: {
      number: 'batch',
      started: 'started',
      size: 'size',
      outcome: 'outcome',
      succeeded: 'done',
      rateLimited: 'rate limited',
      transient: 'transient',
      timedOut: 'timed out',
      permanent: 'failed',
      untouched: 'untouched',
      took: 'took',
      wait: 'wait',
      why: 'why',
    },
    open: (number: number) => `Pairs of batch ${number}`,
    pairs: {
      table: (number: number) => `Pairs of batch ${number}, one row a pair`,
      asked: 'Asking for its pairs…',
      forgotten: 'Its pairs are not remembered: it is of an earlier start, of another engine, or 20,000 pairs ago. Results and failures have them all.',
      wallet: 'wallet',
      token: 'token',
      outcome: 'outcome',
      took: 'took',
      requests: 'requests',
      why: 'why',
      outcomes: {
        succeeded: 'done',
        'rate-limited': 'rate limited',
        transient: 'transient error',
        'timed-out': 'timed out',
        permanent: 'failed',
        'allowance-spent': 'allowance spent',
        configuration: 'key refused',
        released: 'given back',
      },
    },
  },

  log: {
    title: 'Log',
    recent: 'Recent log',
    all: 'Whole log',
    levels: { warn: 'warn', error: 'error' },
    filterTitle: 'Level',
    filter: { all: 'All', warn: 'Warnings', error: 'Errors' },
    search: 'Find in the log',
    clear: 'Clear',
    shown: (shown: number, all: number) => (shown === all ? `${all} lines` : `${shown} of ${all} lines`),
    nothingYet: 'Nothing has happened yet.',
    nothingFound: 'No line has all of these words at this level.',
    follow: 'Follow the newest',
  },

  exports: {
    button: 'Export CSV',
    list: 'Exports',
    kinds: { results: 'Results', failed: 'Failed pairs', attempts: 'Attempts', batches: 'Batches', epochs: 'Epochs' },
    about: {
      results: 'One row for each pair that is done',
      failed: 'With reason and last error',
      attempts: 'Every pair that is not done: place, tries, last error',
      batches: 'Size, outcomes, time and wait of each',
      epochs: 'What each span of constant settings brought',
    },
    nothingYet: { results: 'None done yet', failed: 'None failed', attempts: 'Every pair is done', batches: 'None worked yet', epochs: 'None ended yet' },
    writing: { results: 'Exporting results', failed: 'Exporting failed pairs', attempts: 'Exporting attempts', batches: 'Exporting batches', epochs: 'Exporting epochs' },
    progress: { results: 'Export of results', failed: 'Export of failed pairs', attempts: 'Export of attempts', batches: 'Export of batches', epochs: 'Export of epochs' },
    counting: 'counting rows',
    rowsOf: (rows: string, total: string, share: string) => `${rows} of ${total} rows · ${share}`,
    rowsFrom: (rows: string, seen: string, total: string, share: string) => `${rows} rows from ${seen} of ${total} · ${share}`,
    timeLeft: (span: string) => `${span} left`,
    cancel: 'Cancel',
    finished: { results: 'Results exported', failed: 'Failed pairs exported', attempts: 'Attempts exported', batches: 'Batches exported', epochs: 'Epochs exported' },
    written: (rows: string, size: string) => `${rows} rows · ${size}`,
    reveal: 'Show in folder',
    failed: {
      results: 'The export of results failed.',
      failed: 'The export of failed pairs failed.',
      attempts: 'The export of attempts failed.',
      batches: 'The export of batches failed.',
      epochs: 'The export of epochs failed.',
    },
    dismiss: 'Dismiss',
  },

  discover: {
    button: 'Discover pairs…',
    buttonRunning: (share: string) => `Discovering ${share}`,
    about: 'Fill the queue with the top traders of trending tokens',
    title: 'Discover pairs',
    how: 'Asks the API for the tokens that are trending and for the top traders of each by volume of the last 24 hours. Every wallet-token pair that is not known yet is queued as it is found.',
    tokens: 'Trending tokens',
    traders: 'Top traders of each',
    chain: 'Chain',
    allowed: (min: number, max: string) => `${min} to ${max}`,
    requests: 'requests',
    computeUnits: 'compute units',
    pairs: 'pairs',
    timeAt: (rate: string) => `time at ${rate}/s`,
    timeUnknown: 'time, quota not known',
    atMost: (count: string) => `≤\u00a0${count}`,
    atLeast: (span: string) => `≥\u00a0${span}`,
    start: 'Start',
    cancel: 'Cancel discovery',
    close: 'Close',
    goesOn: 'Goes on when this is closed.',
    states: {
      running: 'Discovering',
      finished: 'Discovery finished',
      cancelled: 'Discovery cancelled; what was queued stays',
      failed: 'Discovery ended early:',
    },
    requestsOf: (sent: string, expected: string, share: string) => `${sent} of ${expected} requests · ${share}`,
    waiting: (reason: string) => `Waiting: ${reason}`,
    counts: { enqueued: 'new pairs', known: 'known already', repeated: 'found twice', skipped: 'skipped' },
    seen: (traders: string, read: string, tokens: string) => `${traders} traders seen · ${read} of ${tokens} tokens read`,
    tokensSkipped: (count: string, n: number) => `${count} ${n === 1 ? 'token' : 'tokens'} skipped`,
    skips: 'Skipped last',
  },

  empty: {
    notStarted: 'Nothing worked yet. Press Start, or the space bar.',
    noRefusals: 'Nothing refused, nothing retried.',
    noPairs: 'The queue is empty. Press Discover pairs, drop a CSV of pairs on this window, or push them to the inbox list in Redis.',
    noBatches: 'No batch has been settled yet.',
  },

  brush,
  connections,
  failures,
  pairImport,

  palette,
  queue,
  results,
  runs,
  tuning,

  link: {
    connecting: 'Connecting to the engine',
    noAnswer: 'The engine does not answer',
    noAnswerAbout: 'Asking again every few seconds. If this lasts, close the window and start Sluice again: the queue is safe in Redis.',
    noBridge: 'This window is not connected to an engine',
    noBridgeAbout: 'Sluice was opened as a plain page, or a part of it did not load. Close it and start it with: npm start',
  },
} as const
