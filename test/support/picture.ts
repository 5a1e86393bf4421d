import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = createRequire(import.meta.url).resolve('axe-core')
/** Where the pictures go that somebody looks at. */
const PICTURES = resolve(import.meta.dirname, '../../test-results/pictures')
export const PICTURE_SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 720 },
] as const

export interface Look {
  readonly width: number
  readonly dark: boolean
}

/** Each size in dark and in light. */
export const LOOKS = [true, false].flatMap((dark) => PICTURE_SIZES.map((size) => ({ ...size, dark, colours: dark ? 'dark' : 'light' })))

/** Gives a window that is open the size and the colours: as when a person draws it smaller, and the system turns its colours. */
export async function takeLook(page: Page, { width, height, dark }: (typeof LOOKS)[number]): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
  await page.waitForFunction((scheme) => document.documentElement.dataset['mantineColorScheme'] === scheme, dark ? 'dark' : 'light')
}

/** The file of a picture, such as `results-1440-dark.png`. */
export function pictureFile(name: string, { width, dark }: Look): string {
  return `${PICTURES}/${name}-${width}-${dark ? 'dark' : 'light'}.png`
}

/** Puts axe on the page, which is loaded anew: it comes by the debugger, past the page's policy, which the app itself must obey. */
export async function withAxe(page: Page): Promise<void> {
  await page.addInitScript({ path: axe })
  await page.reload()
  await page.waitForFunction(() => document.fonts.check('13px "Inter Variable"'))
}

/** What axe finds serious or critical, in words; needs `withAxe`. */
export function accessibilityFaults(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe: engine } = window as unknown as { axe: { run(): Promise<AxeResults> } } // put there by the init script
    const { violations } = await engine.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
  })
}

/** Takes a picture, and checks by program what a program can see of it. */
export async function expectFinePicture(page: Page, name: string, look: Look): Promise<void> {
  await page.screenshot({ path: pictureFile(name, look), animations: 'disabled' })
  expect(await accessibilityFaults(page), `${name}, ${look.width} wide, dark: ${look.dark}`).toEqual([])
  const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflowPx, `${name} is wider than the window`).toBeLessThanOrEqual(0)
}

/** Takes it in every look, one after the other. */
export async function expectFinePictures(page: Page, name: string): Promise<void> {
  for (const look of LOOKS) {
    await takeLook(page, look)
    await expectFinePicture(page, name, look)
  }
}
