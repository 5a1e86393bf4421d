import { z } from 'zod'
import { PLAN_NAMES } from './plans'

const line = (most: number) => z.string().max(most)
const secret = line(512).nullable()
const id = line(64).nullable()
const apiBaseUrl = line(300)

const redis = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('private') }),
  z.strictObject({ kind: z.literal('own'), address: line(600), tls: z.boolean(), user: line(128), password: secret }),
])

const account = z.strictObject({ id, name: line(60), key: secret, plan: z.enum(PLAN_NAMES).nullable() })

/** Of `RedisDraft`, `ConnectionsDraft` and `KeyTrial`: main checks what the window hands over. */
export const redisDraftSchema = redis
export const connectionsDraftSchema = z.strictObject({ redis, apiBaseUrl, accounts: z.array(account).max(50) })
export const keyTrialSchema = z.strictObject({ id, key: secret, apiBaseUrl })
