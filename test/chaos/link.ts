import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** The network between engines and Redis, which can be slow, stall, be cut, or lose one of its two directions. */
export class Link {
  readonly #pairs = new Set<{ readonly client: Socket; readonly server: Socket; isSilent: boolean }>()
  #delayMs = 0
  #isStalled = false

  private constructor(
    private readonly listener: Server,
    private readonly redisPort: number,
  ) {}

  static async open(redisPort: number): Promise<Link> {
    const listener = createServer()
    const link = new Link(listener, redisPort)
    listener.on('connection', (client) => link.#join(client))
    listener.listen(0, '127.0.0.1')
    await once(listener, 'listening')
    return link
  }

  get url(): string {
    const { port } = this.listener.address() as AddressInfo // a server that listens on TCP has one
    return `redis://127.0.0.1:${port}`
  }

  set delayMs(delayMs: number) {
    this.#delayMs = delayMs
  }

  /** Nothing gets through while it is stalled; what was sent arrives afterwards. */
  set isStalled(isStalled: boolean) {
    this.#isStalled = isStalled
    const sockets = [...this.#pairs].flatMap(({ client, server }) => [client, server])
    for (const socket of sockets) {
      if (isStalled) socket.pause()
      else socket.resume()
    }
  }

  cut(): void {
    for (const { client, server } of this.#pairs) for (const socket of [client, server]) socket.destroy()
  }

  /** Engines hear that nothing more will come; Redis hears nothing, and goes on. */
  halfClose(): void {
    for (const { client } of this.#pairs) client.end()
  }

  /** Every second connection loses its far end and is not told: it stays open, and nothing is ever answered on it. */
  silence(): void {
    for (const [i, pair] of [...this.#pairs].entries()) {
      if (i % 2 === 1) continue
      pair.isSilent = true
      pair.server.destroy()
    }
  }

  close(): void {
    this.cut()
    this.listener.close()
  }

  #join(client: Socket): void {
    const server = createConnection({ port: this.redisPort, host: '127.0.0.1', allowHalfOpen: true })
    const pair = { client, server, isSilent: false }
    this.#pairs.add(pair)
    const end = () => {
      this.#pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    this.#forward(client, server)
    this.#forward(server, client)
    client.on('error', end).on('close', end)
    const endUnlessSilent = () => {
      if (!pair.isSilent) end()
    }
    server.on('error', endUnlessSilent).on('close', endUnlessSilent)
    if (this.#isStalled) for (const socket of [client, server]) socket.pause()
  }

  /** In order, as TCP has it: what comes when the link is fast again does not overtake what came when it was slow. */
  #forward(from: Socket, to: Socket): void {
    let before = Promise.resolve()
    from.on('data', (chunk) => {
      const arrived = this.#delayMs === 0 ? null : sleep(this.#delayMs)
      before = before.then(async () => {
        if (arrived !== null) await arrived
        if (!to.destroyed && to.writable) to.write(chunk)
      })
    })
  }
}
