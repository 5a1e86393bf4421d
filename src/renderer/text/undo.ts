import type { Deed } from '../store/undo'
import { quota } from './quota'

/** What was done, in words beside the button that takes it back. */
function done(deed: Deed): string {
  switch (deed.name) {
    case 'engine:set-batch-size':
      return `Batch size ${deed.args[0]} asked for.`
    case 'engine:set-sizing':
      return deed.args[0] === 'auto' ? 'The batch size is chosen automatically.' : 'The batch size is chosen by hand.'
    case 'engine:set-pacing':
      return deed.args[0] === 'adaptive' ? 'Pacing is adaptive.' : 'Pacing is classic.'
    case 'engine:set-pair-limit':
      return `A pair may take ${deed.args[0]} s.`
    case 'quota:choose': {
      const [, choice] = deed.args
      const what = choice.kind === 'plan' ? choice.plan : choice.kind === 'limits' ? quota.ownInForce(choice.limits) : choice.kind === 'learn' ? quota.learn : quota.settings
      return `Quota is ${what}.`
    }
    case 'queue:prioritize':
      return `Priority ${deed.args[0].priority} set.`
    case 'failures:retry':
      return 'Failed pairs are back in the line.'
    default:
      return 'Done.'
  }
}

export const undo = {
  title: 'Undo',
  button: 'Undo',
  dismiss: 'Dismiss',
  done,
}
