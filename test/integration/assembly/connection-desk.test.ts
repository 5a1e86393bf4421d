import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectionDesk } from '../../../src/main/assembly/connection-desk'
import { KeptConnections } from '../../../src/main/settings/kept-connections'
import { startSimulator } from '../../../src/main/simulator/simulator'
import type { ConnectionsDraft } from '../../../src/shared/connections'
import { CANARY_KEY, CANARY_PASSWORD, canariesIn } from '../../support/canaries'
import { temporaryFolder } from '../../support/cli'
import { startGuardedRedis } from '../../support/guarded-redis'

const memory = { isAvailable: () => false, seal: () => '', open: () => '' }
const nobody = { redis: null, api: null }

async function desk(apply: () => Promise<void> = async () => {}) {
  const kept = new KeptConnections(join(await temporaryFolder(), 'connections.json'), memory)
  return { kept, desk: connectionDesk({ kept, decidedBy: nobody, startProblem: null, apply }) }
}

async function api(): Promise<string> {
  const simulator = await startSimulator({ latencyMs: 0, accounts: `one=${CANARY_KEY}` })
  onTestFinished(() => simulator.close())
  return simulator.url
}

/** A host that nothing should be sent to, and what was sent there all the same. */
async function strangeHost(): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(JSON.stringify(request.headers))
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard } // it listens on a port, not a pipe
}

const draftFor = (redis: ConnectionsDraft['redis'], apiBaseUrl: string, key: string | null, id: string | null = null): ConnectionsDraft => ({
  redis,
  apiBaseUrl,
  accounts: [{ id, name: '', key, plan: null }],
})

describe('the connections', () => {
  it('are saved, told without secrets, and tested by a request', async () => {
    const [{ desk: one, kept }, redis, url] = [await desk(), await startGuardedRedis(CANARY_PASSWORD), await api()]
    const own = { kind: 'own', address: `${redis.host}:${redis.port}`, tls: false, user: '', password: CANARY_PASSWORD } as const
    expect(await one.testRedis(own)).toMatchObject({ ok: true, words: expect.stringMatching(/answers in/) })
    expect(await one.save(draftFor(own, url, CANARY_KEY))).toMatchObject({ ok: true })
    const report = one.report()
    expect(canariesIn(JSON.stringify(report))).toEqual([])
    expect(report).toMatchObject({ redis: { hasPassword: true }, accounts: [{ keys: [`••••••••${CANARY_KEY.slice(-4)}`] }], keeping: 'session' })
    const id = report.accounts[0]?.id ?? ''
    expect(await one.testKey({ id, key: null, apiBaseUrl: url })).toEqual({ ok: true, words: 'The API accepts the key' })
    expect(await one.testKey({ id, key: 'wrong-key-12345', apiBaseUrl: url })).toMatchObject({ ok: false, words: expect.stringContaining('refuses the key') })
    // What was left alone stays.
    expect(await one.save(draftFor({ ...own, password: null }, url, null, id))).toMatchObject({ ok: true })
    expect(kept.read()).toMatchObject({ redis: { password: CANARY_PASSWORD }, accounts: [{ keys: [CANARY_KEY] }] })
  })

  it('send a kept secret nowhere but where it is kept for', async () => {
    const [{ desk: one, kept }, redis, url, strange] = [await desk(), await startGuardedRedis(CANARY_PASSWORD), await api(), await strangeHost()]
    const own = { kind: 'own', address: `${redis.host}:${redis.port}`, tls: false, user: '', password: CANARY_PASSWORD } as const
    await one.save(draftFor(own, url, CANARY_KEY))
    const before = kept.read()
    const id = before.accounts[0]?.id ?? ''
    expect(await one.testKey({ id, key: null, apiBaseUrl: strange.url })).toMatchObject({ ok: false, words: expect.stringContaining('enter the key again') })
    expect(await one.save(draftFor({ ...own, password: null }, strange.url, null, id))).toMatchObject({ ok: false })
    const away = { ...own, password: null, address: new URL(strange.url).host }
    expect(await one.testRedis(away)).toMatchObject({ ok: false, words: expect.stringContaining('enter its password again') })
    expect(await one.save(draftFor(away, url, null, id))).toMatchObject({ ok: false })
    expect(await one.importToml(one.toml().replaceAll(url, strange.url))).toMatchObject({ ok: true })
    expect(kept.read().accounts.map(({ keys }) => keys)).toEqual([[]])
    expect(strange.heard).toEqual([])
  })

  it('stay as they were when the new ones cannot be worked with', async () => {
    const failing = await desk(() => Promise.reject(new Error('a mistake')))
    const before = failing.kept.read()
    await expect(failing.desk.save(draftFor({ kind: 'private' }, 'https://api.example.org', CANARY_KEY))).rejects.toThrow('a mistake')
    expect(failing.kept.read()).toEqual(before)
  })

  it.each([
    [draftFor({ kind: 'own', address: ' ', tls: false, user: '', password: null }, '', CANARY_KEY), 'Enter the address of the Redis'],
    [draftFor({ kind: 'own', address: '127.0.0.1:1', tls: false, user: '', password: CANARY_PASSWORD }, '', CANARY_KEY), 'nothing listens there'],
    [draftFor({ kind: 'private' }, '', ' '), 'Enter the key of account 1'],
    [draftFor({ kind: 'private' }, `ftp://u:${CANARY_PASSWORD}@h`, CANARY_KEY), 'api_base_url'],
  ])('that cannot be used are refused in words, without a secret (%#)', async (draft, words) => {
    const { desk: one, kept } = await desk()
    const verdict = await one.save(draft)
    expect(verdict).toMatchObject({ ok: false, words: expect.stringContaining(words) })
    expect(canariesIn(verdict.words)).toEqual([])
    expect(kept.read().accounts).toEqual([])
  })
})
