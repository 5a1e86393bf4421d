import type { Deed } from '../store/undo'
import { quota } from './quota'

/** What was done, in the few words that there is room for beside the button that takes it back. */
function done(deed: Deed): string {
  switch (deed.name) {
    case 'engine:set-batch-size':
      return `batch size ${deed.args[0]}`
    case 'engine:set-sizing':
      return deed.args[0] === 'auto' ? 'size by auto' : 'size by hand'
    case 'engine:set-pacing':
      return `pacing ${deed.args[0]}`
    case 'engine:set-pair-limit':
      return `limit ${deed.args[0]} s`
    case 'quota:choose':
      return quota.chosen(deed.args[0].choice)
    case 'queue:prioritize':
      return `priority ${deed.args[0].priority}`
    case 'failures:retry':
      return 'retry of failures'
    default:
      return 'last change'
  }
}

export const undo = {
  title: 'Undo',
  button: 'Undo',
  about: (what: string, keys: string) => `Take back: ${what} (${keys})`,
  dismiss: 'Dismiss',
  done,
}
