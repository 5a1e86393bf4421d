import type { Redis, Result } from 'ioredis'
import publish from './lua/publish.lua?raw'
import take from './lua/take.lua?raw'
import tell from './lua/tell.lua?raw'

/** What take.lua answers; times are texts with three decimals. */
export type Taken = [
  nowMs: string,
  leads: number,
  stamp: number,
  nextMs: string,
  slots: string[],
  trains: number[],
  heard: string[],
  knowledge: string,
  why: string,
  intervalMs: string,
  sharers: number,
  told: string,
]

declare module 'ioredis' {
  interface RedisCommander<Context> {
    sluiceTakePermits(...args: (string | number | readonly (string | number)[])[]): Result<Taken, Context>
    sluicePublishPlan(...args: (string | number)[]): Result<number, Context>
    sluiceTellQuota(state: string, word: string, leastMs: number): Result<number, Context>
  }
}

/** Makes the governor's commands known to a connection. To be called once for each. */
export function defineGovernorCommands(redis: Redis): void {
  redis.defineCommand('sluiceTakePermits', { numberOfKeys: 3, lua: take })
  redis.defineCommand('sluicePublishPlan', { numberOfKeys: 1, lua: publish })
  redis.defineCommand('sluiceTellQuota', { numberOfKeys: 1, lua: tell })
}
