/** The words of the controls that turn the engine. */
export const batchSize = {
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
} as const

export const pairLimit = {
  title: 'Time limit of a pair',
  /** Where there is little room. */
  short: 'Time limit',
  asked: (seconds: number) => `${seconds} s until the next claim`,
  about: 'A pair that takes longer is given up, and can be retried among the failures. The pairs that are claimed next have it',
  unit: 's',
} as const

export const pacing = {
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
} as const
