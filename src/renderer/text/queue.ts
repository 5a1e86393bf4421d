import type { WaitingPlace } from '../../shared/waiting-pairs'

const pairs = (n: number) => (n === 1 ? 'pair' : 'pairs')

/** The words of the queue view. */
export const queue = {
  title: 'What comes up, in order',
  place: 'Place',
  places: { ready: 'Ready', delayed: 'Delayed', inFlight: 'In flight' } satisfies Record<WaitingPlace, string>,
  placeCount: (name: string, count: string) => `${name} ${count}`,
  table: 'Pairs, the next one first',
  position: '#',
  wallet: 'Wallet',
  token: 'Token',
  priority: 'Priority',
  front: 'front',
  frontAbout: 'Sent back by the rate limit: it is claimed before every other pair',
  attempts: 'Attempts',
  refusals: 'Refusals',
  recoveries: 'Crashes',
  moment: { ready: 'Came', delayed: 'Due', inFlight: 'Lease ends' } satisfies Record<WaitingPlace, string>,
  choose: (wallet: string) => `Choose ${wallet}`,
  chooseAll: 'Choose all that are shown',
  setFor: (count: string, n: number) => `Priority of ${count} ${pairs(n)}`,
  setForAll: 'Priority of all that wait',
  setForWallet: 'Priority of all pairs of the wallet',
  apply: 'Set',
  walletHint: 'A wallet, in full: all of its pairs',
  levels: (level: number) => (level === 0 ? '0 · last' : level === 9 ? '9 · first' : String(level)),
  changed: (count: string, n: number) => `${count} ${pairs(n)} changed priority.`,
  none: 'No pair changed: none of them waits, or they have that priority already.',
  more: (shown: string, all: string) => `The first ${shown} of ${all}`,
  showMore: 'Show more',
  empty: {
    ready: 'No pair is ready',
    delayed: 'No pair is delayed',
    inFlight: 'No pair is in flight',
  } satisfies Record<WaitingPlace, string>,
  emptyAbout: {
    ready: 'Find pairs with Discover, or let a producer push them into the inbox.',
    delayed: 'Pairs that met a passing error wait here for their next attempt.',
    inFlight: 'Pairs that an engine is working just now are here, with the end of their lease.',
  } satisfies Record<WaitingPlace, string>,
  problem: 'The queue could not be read.',
  dismiss: 'Dismiss',
}
