import type { ActionName } from '../../shared/actions'
import type { RunState } from '../../shared/frames'
import type { Toggle } from '../../shared/run-controls'

export const menuWords: Record<ActionName, string> = {
  'view-overview': 'Overview',
  'view-tuning': 'Tuning',
  'view-queue': 'Queue',
  'view-results': 'Results',
  'view-failures': 'Failures',
  'view-batches': 'Batches',
  'view-runs': 'Runs',
  'view-log': 'Log',
  'view-connections': 'Setup',
  'toggle-run': 'Start or Pause',
  'pause-a-while': 'Pause for 15 Minutes',
  drain: 'Drain',
  stop: 'Stop Now…',
  'close-breaker': 'Work On Despite the Breaker',
  larger: 'Batch Size: One More',
  smaller: 'Batch Size: One Less',
  sizing: 'Batch Size: Auto',
  pacing: 'Pacing: Adaptive',
  search: 'Find the Best Batch Size',
  discover: 'Discover Pairs…',
  import: 'Import Pairs…',
  'export-results': 'Results…',
  'export-failed': 'Failed Pairs…',
  'export-attempts': 'Attempts…',
  'export-batches': 'Batches…',
  'export-epochs': 'Epochs…',
  'theme-auto': 'As the System',
  'theme-light': 'Light',
  'theme-dark': 'Dark',
  find: 'Find in This View',
  palette: 'All Commands…',
  shortcuts: 'Keyboard Shortcuts',
}

export const toggleWords: Record<Toggle, string> = { start: 'Start', pause: 'Pause', resume: 'Resume', 'keep-running': 'Keep Running' }

export const stateWords: Record<RunState['kind'], string> = {
  idle: 'Idle',
  running: 'Running',
  pausing: 'Pausing',
  paused: 'Paused',
  draining: 'Draining',
  stopping: 'Stopping',
  'waiting-for-redis': 'Waiting for Redis',
  'redis-full': 'Redis is full',
}
