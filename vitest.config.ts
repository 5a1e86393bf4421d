import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { findElectron } from './scripts/setup/electron.mjs'
import { hasDisplay } from './scripts/setup/display.mjs'
import { LongestFirst } from './test/support/longest-first.mjs'

/** Electron's windows share one place on the screen, and the focus; the stand-in's have a screen each, that nobody sees. */
const windowsAtOnce = findElectron() !== null && hasDisplay() ? 1 : 2

export default defineConfig({
  test: {
    // Vitest leaves a core to whoever works beside it: on two cores, a single worker that mostly waits for other processes.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/architecture.test.ts'],
          // For what hangs: hours of virtual time and a thousand random cases take seconds of a core, and more of one that is shared.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/redis-setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/redis-setup.ts'],
          maxWorkers: windowsAtOnce,
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})
