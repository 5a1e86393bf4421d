/** Every word that the window says, in one place, so that it can be said in another language. */

import { batches } from './text/batches'
import { brush } from './text/brush'
import { charts, ranges } from './text/charts'
import { connections } from './text/connections'
import { batchSize, pacing, pairLimit } from './text/controls'
import { discover } from './text/discover'
import { exports } from './text/exports'
import { failures } from './text/failures'
import { header, run } from './text/header'
import { log } from './text/log'
import { tiles } from './text/overview'
import { pairImport } from './text/pair-import'
import { palette } from './text/palette'
import { queue } from './text/queue'
import { quota } from './text/quota'
import { results } from './text/results'
import { runs } from './text/runs'
import { simulator } from './text/simulator'
import { ledger, notices } from './text/strips'
import { tuning } from './text/tuning'
import { undo } from './text/undo'

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

  empty: {
    notStarted: 'Nothing worked yet. Press Start, or the space bar.',
    noRefusals: 'Nothing refused, nothing retried.',
    noPairs: 'The queue is empty. Press Discover pairs, drop a CSV of pairs on this window, or push them to the inbox list in Redis.',
    noBatches: 'No batch has been settled yet.',
  },

  link: {
    connecting: 'Connecting to the engine',
    noAnswer: 'The engine does not answer',
    noAnswerAbout: 'Asking again every few seconds. If this lasts, close the window and start Sluice again: the queue is safe in Redis.',
    noBridge: 'This window is not connected to an engine',
    noBridgeAbout: 'Sluice was opened as a plain page, or a part of it did not load. Close it and start it with: npm start',
  },

  batchSize,
  batches,
  brush,
  charts,
  connections,
  discover,
  exports,
  failures,
  header,
  ledger,
  log,
  notices,
  pacing,
  pairImport,
  pairLimit,
  palette,
  queue,
  quota,
  ranges,
  results,
  run,
  runs,
  simulator,
  tiles,
  tuning,
  undo,
} as const
