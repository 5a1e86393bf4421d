import { BaseSequencer } from 'vitest/node'

/** @typedef {import('vitest/node').TestSpecification} TestSpecification */

/** Begun last, one of these would be alone at the end. They took 20 seconds and more, the longest first. */
const LONGEST = [
  'integration/cli/work',
  'chaos/chaos',
  'integration/secrets/canary',
  'unit/main/governor/twins',
  'unit/main/governor/learner',
  'integration/cli/together',
  'unit/fuzz/lines',
  'integration/transfer/limits',
  'unit/fuzz/settings',
  'unit/fuzz/commands',
  'integration/queue/redis-work-queue',
  'e2e/tuning',
  'e2e/discovery',
  'e2e/runs',
  'e2e/connections',
  'e2e/console',
  'e2e/charts',
  'e2e/import',
  'e2e/results',
]

/** The order in which Vitest begins the files: of one group those that are known to take long, then the others in its own order. */
export class LongestFirst extends BaseSequencer {
  /** @override */
  async sort(/** @type {TestSpecification[]} */ files) {
    const inItsOrder = await super.sort(files)
    const place = (/** @type {TestSpecification} */ { moduleId }) => {
      const known = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`))
      return known < 0 ? LONGEST.length : known
    }
    const groupOf = (/** @type {TestSpecification} */ { project }) => project.config.sequence.groupOrder
    return inItsOrder.toSorted((a, b) => groupOf(a) - groupOf(b) || place(a) - place(b))
  }
}
