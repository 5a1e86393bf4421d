import type { Redis } from 'ioredis'
import { RedisUnusable } from './problems'

export interface ServerFacts {
  /** For example "Redis 7.0.15" or "Valkey 8.1.0". */
  readonly server: string
  /** What an operator should know of how this server is set up. */
  readonly warnings: readonly string[]
  /** Why it cannot be waited for that a write is on its disk (WAITAOF); null where it can. */
  readonly whyNoDisk: string | null
}

const OLDEST: readonly [number, number] = [6, 2]
/** The first with WAITAOF; every Valkey has it, and says that it is such a Redis. */
const WITH_WAITAOF: readonly [number, number] = [7, 2]

/** What INFO says of the server. Rejects with RedisUnusable when Sluice cannot work on it. */
export async function readServer(redis: Redis): Promise<ServerFacts> {
  return judgeServer(await redis.info())
}

/** Reads an INFO text. Throws RedisUnusable for a server that is too old or only copies another. */
export function judgeServer(info: string): ServerFacts {
  const facts = new Map(info.split(/\r?\n/).map((line) => line.split(/:(.*)/s, 2) as [string, string | undefined]))
  const fact = (name: string) => facts.get(name) ?? ''
  const valkey = fact('valkey_version')
  const version = fact('redis_version')
  const server = valkey ? `Valkey ${valkey}` : `Redis ${version}`
  if (!version && !valkey) throw new RedisUnusable('What answers there does not say that it is a Redis or Valkey (INFO has no version).')
  if (!valkey && isOlder(version, OLDEST)) {
    throw new RedisUnusable(`This is ${server}, but Sluice needs Redis ${OLDEST.join('.')} or newer, or Valkey.`)
  }
  if (fact('role') === 'slave') {
    throw new RedisUnusable(
      `This ${server} is a replica of ${fact('master_host')}:${fact('master_port')} and cannot be written to: connect to that one.`,
    )
  }
  return { server, warnings: warningsOf(fact), whyNoDisk: whyNoDisk(server, version, fact) }
}

function warningsOf(fact: (name: string) => string): string[] {
  const policy = fact('maxmemory_policy')
  const warnings: string[] = []
  if (Number(fact('maxmemory')) > 0 && policy !== 'noeviction') {
    warnings.push(
      `This Redis throws keys away when its memory is full (maxmemory-policy ${policy}): pairs would be lost. Set it to noeviction.`,
    )
  }
  if (fact('aof_enabled') === '0') {
    warnings.push('This Redis keeps no append-only file: what it has not saved is lost when it dies. Set appendonly to yes.')
  }
  return warnings
}

function whyNoDisk(server: string, version: string, fact: (name: string) => string): string | null {
  if (isOlder(version, WITH_WAITAOF)) return `this is ${server}, and only Redis ${WITH_WAITAOF.join('.')} and newer tell when a write is on disk`
  return fact('aof_enabled') === '0' ? 'this Redis keeps no append-only file (appendonly no)' : null
}

function isOlder(version: string, [major, minor]: readonly [number, number]): boolean {
  const [theirMajor = 0, theirMinor = 0] = version.split('.').map(Number)
  return theirMajor < major || (theirMajor === major && theirMinor < minor)
}
