import { z } from 'zod'
import { DEFAULT_BATCH_SIZE, MAX_BATCH_SIZE, MIN_BATCH_SIZE } from './batch-size'
import { DEFAULT_PRIORITY_HEAD_START_MINUTES, MAX_PRIORITY } from './pair'
import { PLAN_NAMES } from './plans'

export const DEFAULT_API_BASE_URL = 'https://public-api.birdeye.so'
/** The list that existing discovery services push to. */
export const DEFAULT_INBOX = 'discovered_wallet_token_pairs_queue'

const positive = z.number().positive()
const quotaLimit = z.strictObject({
  requests: positive,
  window_seconds: positive,
  /** Paths that it counts together, `*` at the end stands for all below; without them, all requests of the account. */
  endpoints: z.array(z.string().startsWith('/')).min(1).optional(),
})

const accountSchema = z.strictObject({
  /** How the account is called on screen; "account 1" and so on when it has no name. */
  name: z.string().min(1).optional(),
  keys: z.array(z.string().min(1)).min(1),
  plan: z.enum(PLAN_NAMES).optional(),
  /** In place of the plan's. */
  limits: z.array(quotaLimit).min(1).optional(),
})

/**
 * The config file, table by table. Each default stands here and nowhere else. A description says what is allowed where
 * type and bounds do not: it is what a person reads whose value is refused.
 */
export const configSchema = z.strictObject({
  system: z
    .strictObject({
      pnl_parallel_batch_size: z.number().int().min(MIN_BATCH_SIZE).max(MAX_BATCH_SIZE).default(DEFAULT_BATCH_SIZE),
    })
    .prefault({}),
  redis: z
    .strictObject({
      /** redis://, rediss:// or unix: URL. Without one, Sluice runs a private Redis. */
      url: z
        .string()
        .regex(/^(rediss?:\/\/|unix:\/\/?)/)
        .describe('a redis://, rediss:// or unix:// URL')
        .optional(),
      pipeline: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,64}$/)
        .describe('1 to 64 of A–Z a–z 0–9 . _ -')
        .default('default'),
      inbox: z
        .string()
        .min(1)
        // Another list of Sluice's own would be emptied into the queue, and never come to its end.
        .regex(/^(?!\{sluice:)|^\{sluice:[^}]*\}:inbox$/)
        .describe('the name of a list that is not empty, and none that Sluice keeps for itself')
        .default(DEFAULT_INBOX),
      /** When pairs count as settled or queued: as soon as the server says so, or not before it is on its disk (WAITAOF, Redis 7.2). */
      durability: z.enum(['server', 'disk']).default('server'),
    })
    .prefault({}),
  queue: z
    .strictObject({
      /** A pair waits in line as if it had come this much earlier for each level of its priority. At most a year. */
      priority_head_start_minutes: z.number().min(0).max(525_600).default(DEFAULT_PRIORITY_HEAD_START_MINUTES),
      /** Priorities of pairs that bring none: [least trader_volume_usd, priority]; the highest volume reached decides. */
      priority_by_volume: z
        .array(
          z
            .tuple([z.number().min(0), z.number().int().min(0).max(MAX_PRIORITY)])
            .describe('a volume in USD and a priority'),
        )
        .max(20)
        .describe('a list of [volume in USD, priority 0 to 9], at most 20')
        .default([]),
    })
    .prefault({}),
  birdeye: z
    .strictObject({
      api_base_url: z
        .url({ protocol: /^https?$/ })
        // A user and a password would not be sent, and would be said in messages.
        .regex(/^[^@?#]*$/)
        .describe('an http:// or https:// URL, without user or query')
        .optional(),
      api_key: z.string().min(1).optional(),
      accounts: z.array(accountSchema).default([]),
      /** Compute units that one run may spend; not limited when left out. The engine pauses before it would spend more. */
      budget_compute_units: z.number().int().min(1).optional(),
      request_timeout_seconds: positive.max(300).default(30),
      max_transactions: z.number().int().min(1).max(100_000).default(500),
    })
    .prefault({}),
  engine: z
    .strictObject({
      pacing: z.enum(['adaptive', 'classic']).default('adaptive'),
      /** Whether the batch size follows Little's law or `pnl_parallel_batch_size`. Classic pacing is always manual. */
      sizing: z.enum(['auto', 'manual']).default('auto'),
      /** The most that auto chooses. */
      max_batch_size: z.number().int().min(MIN_BATCH_SIZE).max(MAX_BATCH_SIZE).default(MAX_BATCH_SIZE),
      pair_timeout_seconds: positive.max(3600).default(300),
      /** Tries of a pair that ends in transient errors, the first included. */
      max_attempts: z.number().int().min(1).max(100).default(5),
      lease_seconds: z.number().min(1).max(3600).default(30),
      /** The breaker opens when this share of the pairs, once so many have finished, failed within so many seconds. */
      breaker_failure_share: z.number().min(0.01).max(1).default(0.5),
      breaker_minimum_pairs: z.number().int().min(1).max(5000).default(10),
      breaker_window_seconds: positive.max(3600).default(30),
      /** It also opens when everything is refused for so much longer than the known windows explain. */
      breaker_refusals_seconds: positive.max(86_400).default(90),
      /** Crashes of an engine that one pair may be part of before it is set aside as failed. */
      max_recoveries: z.number().int().min(1).max(1000).default(10),
    })
    .prefault({}),
})

/** Settings after file, environment and flags are joined and defaults filled in. */
export type Config = z.infer<typeof configSchema>
