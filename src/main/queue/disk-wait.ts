import type { Redis } from 'ioredis'

/** How long one question waits; less than the silence after which a connection is taken for lost. */
const DISK_WAIT_MS = 5000
/** As the commands' own. */
const REPLY_KEPT_MS = 600_000

/**
 * Resolves when a command, known by its remembered reply, is in the append-only file on the server's disk, however long that
 * takes: true; or false when the server has lost it meanwhile, as it may in a power failure. Source: WAITAOF, Redis 7.2.
 */
export async function untilOnDisk(redis: Redis, reply: string): Promise<boolean> {
  for (;;) {
    const { stream } = redis
    // WAITAOF waits for the writes of its own connection only, so that there must be one; it tells of the reply besides.
    const known = redis.pexpire(reply, REPLY_KEPT_MS)
    const onDisk = redis.call('WAITAOF', 1, 0, DISK_WAIT_MS) as Promise<[number, number]> // numbers of servers: this one, replicas
    const [isKnown, [servers]] = await Promise.all([known, onDisk])
    if (isKnown === 0) return false
    if (servers > 0 && redis.stream === stream) return true
  }
}
