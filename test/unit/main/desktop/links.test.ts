import { describe, expect, it } from 'vitest'
import { openAllowed, openLink } from '../../../../src/main/desktop/links'
import { LINK_NAMES } from '../../../../src/shared/links'

function browser() {
  const opened: string[] = []
  return { opened, openExternal: async (url: string) => void opened.push(url) }
}

describe('links out of the app', () => {
  it.each(LINK_NAMES)('opens the page that %s stands for, over https', async (name) => {
    const shell = browser()
    await openLink(name, shell)
    expect(shell.opened).toEqual([expect.stringMatching(/^https:\/\/(bds|docs)\.birdeye\.so\//)])
  })

  it.each([
    'http://docs.birdeye.so/',
    'https://docs.birdeye.so.example.org/',
    'https://example.org/docs.birdeye.so',
    'https://docs.birdeye.so@example.org/',
    'https://my-docs.birdeye.so/',
    'https://www.docs.birdeye.so/',
    'https://me:word@docs.birdeye.so/',
    'https://me@docs.birdeye.so/',
    'https://:word@docs.birdeye.so/',
    'https://docs.birdeye.so:8443/',
    'https://birdeye.so/',
    'file:///etc/passwd',
    'javascript:1',
    'smb://docs.birdeye.so/share',
    'ms-settings:privacy',
    'docs.birdeye.so',
    '',
  ])('never hands %s to the system', async (url) => {
    const shell = browser()
    await expect(openAllowed(url, shell)).rejects.toThrow('Not an address')
    expect(shell.opened).toEqual([])
  })
})
