import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import { launchApp } from './app'

/** The demo at work in a window for all tests of a file, which has to end in good order. */
export function demoAtWork(take: (page: Page) => void): void {
  beforeAll(async () => {
    const app = await launchApp({ args: ['--autostart'] })
    await app.page.getByTestId('toggle-run').filter({ hasText: 'Pause' }).waitFor()
    take(app.page)
    return async () => expect(await app.quit()).toBe(0)
  })
}
