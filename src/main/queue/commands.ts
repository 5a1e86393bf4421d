import type { Redis, Result } from 'ioredis'
import admit from './lua/admit.lua?raw'
import audit from './lua/audit.lua?raw'
import claim from './lua/claim.lua?raw'
import discard from './lua/discard.lua?raw'
import heartbeat from './lua/heartbeat.lua?raw'
import once from './lua/once.lua?raw'
import prioritize from './lua/prioritize.lua?raw'
import recover from './lua/recover.lua?raw'
import retry from './lua/retry.lua?raw'
import settle from './lua/settle.lua?raw'
import unretry from './lua/unretry.lua?raw'
import witness from './lua/witness.lua?raw'

/** Long lists go as one array: spread, they would not fit on the stack. */
type Argument = string | number | readonly (string | number | Buffer)[]
/** A Lua nil arrives as null. */
type Cells = (string | null)[]

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluiceAdmit(...args: Argument[]): Result<[number, string[]], Context>
    sluiceAudit(...args: Argument[]): Result<number[], Context>
    sluiceClaim(...args: Argument[]): Result<[number, number, string[], Cells, Cells], Context>
    sluiceHeartbeat(...args: Argument[]): Result<string[], Context>
    sluicePrioritize(...args: Argument[]): Result<number, Context>
    sluiceRecover(...args: Argument[]): Result<[number, number], Context>
    sluiceUnretry(...args: Argument[]): Result<number, Context>
    sluiceRetry(...args: Argument[]): Result<number, Context>
    sluiceDiscard(...args: Argument[]): Result<number, Context>
    sluiceSettle(...args: Argument[]): Result<string[], Context>
    sluiceWitness(numberOfKeys: number, ...args: Argument[]): Result<[number, number], Context>
  }
}

/** Makes the queue's commands known to a connection. To be called once for each. */
export function defineQueueCommands(redis: Redis): void {
  redis.defineCommand('sluiceAdmit', { numberOfKeys: 8, lua: admit })
  redis.defineCommand('sluiceAudit', { numberOfKeys: 9, lua: audit })
  redis.defineCommand('sluiceClaim', { numberOfKeys: 7, lua: claim })
  redis.defineCommand('sluiceHeartbeat', { numberOfKeys: 2, lua: heartbeat })
  redis.defineCommand('sluicePrioritize', { numberOfKeys: 4, lua: once + prioritize })
  redis.defineCommand('sluiceRecover', { numberOfKeys: 7, lua: recover })
  redis.defineCommand('sluiceUnretry', { numberOfKeys: 5, lua: once + unretry })
  redis.defineCommand('sluiceRetry', { numberOfKeys: 6, lua: once + retry })
  redis.defineCommand('sluiceDiscard', { numberOfKeys: 7, lua: once + discard })
  redis.defineCommand('sluiceSettle', { numberOfKeys: 12, lua: settle })
  redis.defineCommand('sluiceWitness', { lua: witness })
}
