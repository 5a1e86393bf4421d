import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest'
import { RedisConnection, type LinkState } from '../../../src/main/redis/connection'

async function listening(onSocket: (socket: Socket) => void): Promise<{ port: number; server: Server }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, server }
}

describe('the first connection', () => {
  it('to a port where nothing listens fails at once, in words', async () => {
    const { port, server } = await listening(() => {})
    await new Promise((resolve) => server.close(resolve))
    await expect(RedisConnection.open(`redis://:s3cret@127.0.0.1:${port}`, 'test')).rejects.toThrow(
      `Redis at redis://127.0.0.1:${port} cannot be used: nothing listens there`,
    )
  })

  it('to something that is not a Redis says so', async () => {
    const { port } = await listening((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')))
    await expect(RedisConnection.open(`redis://127.0.0.1:${port}`, 'test')).rejects.toThrow('not a Redis')
  })

  it.each(['redis://:s3cret@127.0.0.1:99999', 'redis://:s3cret@[bad'])('to %s, which is no URL, says so', async (url) => {
    const refused = RedisConnection.open(url, 'test')
    await expect(refused).rejects.toThrow('the URL cannot be read')
    await expect(refused).rejects.not.toThrow('s3cret')
  })

  it('to a socket that does not exist says so', async () => {
    await expect(RedisConnection.open('unix:///nowhere/redis.sock', 'test')).rejects.toThrow('nothing listens there')
  })
})

describe('an established connection', () => {
  it('tells when the server is lost and when it is back, and a command that waits is carried out', async () => {
    const connection = await RedisConnection.open(inject('redisUrl'), 'test')
    onTestFinished(() => connection.close())
    const states: LinkState['kind'][] = []
    connection.subscribe((state) => states.push(state.kind))
    const id = await connection.redis.client('ID')
    const other = await RedisConnection.open(inject('redisUrl'), 'test')
    onTestFinished(() => other.close())
    await other.redis.client('KILL', 'ID', id)
    expect(await connection.redis.ping()).toBe('PONG')
    await vi.waitFor(() => expect(states).toEqual(['lost', 'ready']), { timeout: 10_000 })
    expect(connection.state).toEqual({ kind: 'ready' })
  })
})
