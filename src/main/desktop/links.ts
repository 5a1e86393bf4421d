import type { LinkName } from '../../shared/links'

/** What the browser is given for each name. */
const LINKS = {
  'birdeye-keys': 'https://bds.birdeye.so/',
  'birdeye-plans': 'https://docs.birdeye.so/docs/pricing',
} as const satisfies Record<LinkName, string>

/** The only hosts that the app ever opens in the browser. */
const HOSTS: readonly string[] = ['bds.birdeye.so', 'docs.birdeye.so']

/** Electron's `shell`, as far as it is used here. */
export interface Browser {
  openExternal(url: string): Promise<void>
}

/**
 * Opens a page in the person's own browser: the only place that does. The system starts a program by the address's scheme,
 * so an address that a page could choose would be a way to run programs.
 */
export async function openLink(name: LinkName, browser: Browser): Promise<void> {
  await openAllowed(LINKS[name], browser)
}

/** Throws for everything but https pages of the hosts above, on the usual port and without a user. */
export async function openAllowed(url: string, browser: Browser): Promise<void> {
  if (!isAllowed(url)) throw new Error(`Not an address that Sluice opens: ${url}`)
  await browser.openExternal(url)
}

function isAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === 'https:' && HOSTS.includes(host) && username === '' && password === ''
}
