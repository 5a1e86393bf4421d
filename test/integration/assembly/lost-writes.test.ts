import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it, onTestFinished, vi } from 'vitest'
import { assemble } from '../../../src/main/assembly/assemble'
import { RedisConnection } from '../../../src/main/redis/connection'
import { configSchema } from '../../../src/shared/config'
import { entry } from '../../support/pipeline'

it('writes that Redis lost while it was away stand in the log and across the charts of the window, once', async () => {
  const [userData, pipeline] = [await mkdtemp(join(tmpdir(), 'sluice-lost-')), `test-${randomUUID()}`]
  onTestFinished(() => rm(userData, { recursive: true, force: true }))
  const bystander = await RedisConnection.open(inject('redisUrl'), 'bystander')
  const { redis } = bystander
  const keysOf = () => redis.keys(`{sluice:${pipeline}}:*`)
  onTestFinished(async () => {
    await redis.del(...(await keysOf()))
    bystander.close()
  })
  const settings = configSchema.parse({ redis: { pipeline }, birdeye: { api_base_url: 'http://127.0.0.1:9', api_key: 'k' } })
  const config = { ...settings, redis: { ...settings.redis, url: inject('redisUrl') } }
  const assembly = await assemble({ config, warnings: [], userData, demo: 'never', untilEmpty: false, onLogLine: () => {} })
  onTestFinished(() => assembly.close())
  const { operator, queue, owner } = assembly

  await queue.audit()
  await queue.enqueue([entry('a'), entry('b')])
  await queue.claim(2)
  const reconnect = async () => {
    const back = vi.fn<() => void>()
    const unsubscribe = assembly.connection.subscribe(({ kind }) => kind === 'ready' && back())
    const clients = String(await redis.client('LIST')).split('\n')
    const id = /id=(\d+)/.exec(clients.find((line) => line.includes(owner)) ?? '')?.[1] ?? ''
    await redis.client('KILL', 'ID', id)
    await vi.waitFor(() => expect(back).toHaveBeenCalled(), { timeout: 10_000 })
    unsubscribe()
  }
  const told = () => operator.snapshot().log.filter(({ text }) => text.includes('older state'))

  await reconnect()
  await queue.audit()
  expect(told()).toEqual([])

  await redis.del(...(await keysOf()))
  await reconnect()
  await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 10_000 })
  expect(told()[0]).toMatchObject({ level: 'error', text: expect.stringContaining('the last 2 commands that it had acknowledged to this engine (2 pairs lent, 2 entries handed in)') })
  expect(operator.snapshot().markers).toContainEqual(expect.objectContaining({ kind: 'redis', text: 'Redis lost writes' }))
  await reconnect()
  await queue.audit()
  expect(told()).toHaveLength(1)
})
