import { z } from 'zod'
import { accountsByKey } from './accounts'
import { FAULT_SYNTAX, parseFaults, type FaultRule } from './faults'
import { LAWS, type Limit } from './quota'
import { HEADER_STYLES, type HeaderStyle } from './rate-headers'

const DEFAULT_SEED = 1
/**
 * An API that answers at once refuses the later requests of a pair out of proportion: a bucket needs the time of an
 * answer to refill. From about 300 ms on, the classic pacing sees the share of refusals that it sees in the field.
 */
const DEFAULT_LATENCY_MS = 300

/** Every option, with what is allowed in words. Left out, undefined and null mean the default. */
const optionsSchema = z.strictObject({
  port: wholeNumber(0, 65_535),
  seed: wholeNumber(0, 4_294_967_295),
  rps: wholeNumber(1, 1_000_000),
  rpm: wholeNumber(1, 60_000_000),
  limits: z
    .array(z.strictObject({ requests: z.int().min(1), windowSeconds: z.number().positive().max(86_400) }))
    .min(1)
    .readonly()
    .nullish()
    .describe('a list of { requests, windowSeconds }'),
  burst: wholeNumber(1, 1_000_000),
  window: z.enum(LAWS).nullish().describe(LAWS.join(', ')),
  headers: z.enum(HEADER_STYLES).nullish().describe(HEADER_STYLES.join(', ')),
  latencyMs: wholeNumber(0, 600_000),
  faults: z.string().superRefine(explained(parseFaults)).nullish().describe(FAULT_SYNTAX),
  replay: z.string().min(1).nullish().describe('the path of a folder with recorded answers'),
  accounts: z
    .union([z.string(), z.record(z.string(), z.array(z.string()).readonly())])
    .superRefine(explained(accountsByKey))
    .nullish()
    .describe('NAME=KEY+KEY,NAME=KEY'),
  allowance: wholeNumber(0, Number.MAX_SAFE_INTEGER),
})

/**
 * What can be asked of a simulator.
 * - port: on 127.0.0.1; by default any free one.
 * - seed: what wallets, prices, faults and delays follow from; 1.
 * - rps, rpm: requests per second and per minute of each account; not limited. `limits` is the same for other windows.
 * - burst: requests at once, of the limit with the shortest window; by default as many as its window has. See quota.ts.
 * - window: the law of every limit; bucket. See quota.ts.
 * - headers: see rate-headers.ts; none.
 * - latencyMs: median time to an answer in ms; 300. 0 answers at once.
 * - faults: see faults.ts; none.
 * - replay: folder of recorded answers to serve instead of made-up wallets. See recordings.ts.
 * - accounts: which keys share an account; any other key is refused with 401. See accounts.ts. By default every key is
 *   accepted, as an account of its own, and so is a request without a key.
 * - allowance: compute units that each account may spend; not limited.
 */
export type SimulatorOptions = z.infer<typeof optionsSchema>

/** The options that can be changed while the simulator runs. */
export const LIVE_OPTIONS = [
  'rps',
  'rpm',
  'limits',
  'burst',
  'window',
  'headers',
  'latencyMs',
  'faults',
  'allowance',
] as const satisfies readonly (keyof SimulatorOptions)[]

/** What a running simulator works by. */
export interface SimulatorSettings {
  readonly seed: number
  readonly limits: readonly Limit[]
  readonly headers: HeaderStyle
  readonly latencyMs: number
  readonly faults: readonly FaultRule[]
  /** Account by key; null where each key is an account of its own. */
  readonly accounts: ReadonlyMap<string, string> | null
  readonly allowance: number | null
}

interface SimulatorFlag {
  readonly option: keyof SimulatorOptions
  /** As the help shows it, with what its value is called. */
  readonly flag: string
  readonly kind: 'number' | 'text'
  readonly about: string
}

/** What the command line offers of these, and what its help says of each. */
export const SIMULATOR_FLAGS = [
  { option: 'port', flag: '--port <P>', kind: 'number', about: 'port on 127.0.0.1 (default: any free one)' },
  {
    option: 'rps',
    flag: '--rps <N>',
    kind: 'number',
    about: 'requests per second of each account (default: not limited)',
  },
  {
    option: 'rpm',
    flag: '--rpm <N>',
    kind: 'number',
    about: 'requests per minute of each account (default: not limited)',
  },
  {
    option: 'burst',
    flag: '--burst <N>',
    kind: 'number',
    about: 'requests at once, of the shortest window (default: all of it)',
  },
  { option: 'window', flag: '--window <LAW>', kind: 'text', about: 'bucket, fixed, opened (by the first request) or sliding (default: bucket)' },
  {
    option: 'headers',
    flag: '--headers <STYLE>',
    kind: 'text',
    about: 'rate-limit headers: none, x or ietf (default: none)',
  },
  {
    option: 'latencyMs',
    flag: '--latency-ms <N>',
    kind: 'number',
    about: `median time to an answer in ms (default: ${DEFAULT_LATENCY_MS})`,
  },
  { option: 'faults', flag: '--faults <SPEC>', kind: 'text', about: `${FAULT_SYNTAX} (default: none)` },
  {
    option: 'seed',
    flag: '--seed <N>',
    kind: 'number',
    about: `what wallets, faults and delays follow from (default: ${DEFAULT_SEED})`,
  },
  { option: 'replay', flag: '--replay <DIR>', kind: 'text', about: 'serve the recorded answers of this folder' },
  {
    option: 'accounts',
    flag: '--accounts <LIST>',
    kind: 'text',
    about: 'keys that share an account: NAME=KEY+KEY,NAME=KEY',
  },
  {
    option: 'allowance',
    flag: '--allowance <CU>',
    kind: 'number',
    about: 'compute units of each account (default: not limited)',
  },
] as const satisfies readonly SimulatorFlag[]

/** Checks options from code or HTTP. Throws an Error that names the option, its value and what is allowed. */
export function checkOptions(input: unknown): SimulatorOptions {
  return check(input, (option) => option)
}

/** The same for the command line: values are text as it was typed, by the option's name, and errors name the flag. */
export function parseFlags(flags: Readonly<Record<string, unknown>>): SimulatorOptions {
  const values = Object.entries(flags).map(([option, typed]) => {
    const isNumber = SIMULATOR_FLAGS.some((row) => row.option === option && row.kind === 'number')
    // What is no number stays text, so that the refusal shows it as it was typed.
    const readable = isNumber && typeof typed === 'string' && typed.trim() !== '' && Number.isFinite(Number(typed))
    return [option, readable ? Number(typed) : typed] as const
  })
  return check(Object.fromEntries(values), (option) => {
    const row = SIMULATOR_FLAGS.find((known) => known.option === option)
    return row?.flag.split(' ')[0] ?? option
  })
}

/** Fills in the defaults. */
export function settingsFrom(options: SimulatorOptions): SimulatorSettings {
  return {
    seed: options.seed ?? DEFAULT_SEED,
    limits: limitsFrom(options),
    headers: options.headers ?? 'none',
    latencyMs: options.latencyMs ?? DEFAULT_LATENCY_MS,
    faults: parseFaults(options.faults ?? ''),
    accounts: options.accounts ? accountsByKey(options.accounts) : null,
    allowance: options.allowance ?? null,
  }
}

type NameOf = (option: string) => string

function check(input: unknown, nameOf: NameOf): SimulatorOptions {
  const parsed = optionsSchema.safeParse(input)
  if (!parsed.success) throw new Error(explain(input, parsed.error.issues[0], nameOf))
  const { rps, rpm, limits, burst, window } = parsed.data
  if (limits && (rps || rpm)) {
    throw new Error(`${nameOf('limits')}: allowed is either this list or ${nameOf('rps')} and ${nameOf('rpm')}`)
  }
  const [shortest] = limitsFrom(parsed.data)
  if (burst && shortest && window && window !== 'bucket' && burst > shortest.requests) {
    const allowed = `1 to ${shortest.requests}, as a ${window} window takes no more at once`
    throw new Error(`${nameOf('burst')}: ${burst} is not allowed; allowed is ${allowed}`)
  }
  return parsed.data
}

/** The limit with the shortest window first. */
function limitsFrom({ rps, rpm, limits, burst, window }: SimulatorOptions): Limit[] {
  const asked = limits ?? [
    ...(rps ? [{ requests: rps, windowSeconds: 1 }] : []),
    ...(rpm ? [{ requests: rpm, windowSeconds: 60 }] : []),
  ]
  const byWindow = asked.toSorted((one, other) => one.windowSeconds - other.windowSeconds)
  return byWindow.map(({ requests, windowSeconds }, at) => ({
    requests,
    windowMs: windowSeconds * 1000,
    law: window ?? 'bucket',
    burst: at === 0 ? (burst ?? requests) : requests,
  }))
}

function explain(input: unknown, issue: z.core.$ZodIssue | undefined, nameOf: NameOf): string {
  const known = Object.keys(optionsSchema.shape).map(nameOf).join(', ')
  if (issue?.code === 'unrecognized_keys') {
    return `${issue.keys.map(nameOf).join(', ')}: no such option; allowed are ${known}`
  }
  const option = Object.entries(optionsSchema.shape).find(([name]) => name === issue?.path[0])
  if (issue === undefined || option === undefined) return `options: allowed is an object with ${known}`
  const [name, { description }] = option
  if (issue.code === 'custom') return `${nameOf(name)}: ${issue.message}`
  const value = Object.entries(input ?? {}).find(([key]) => key === name)?.[1]
  return `${nameOf(name)}: ${JSON.stringify(value)} is not allowed; allowed is ${description ?? 'something else'}`
}

function wholeNumber(least: number, most: number) {
  return z.int().min(least).max(most).nullish().describe(`a whole number from ${least} to ${most}`)
}

/** A schema's refinement that says in the parser's own words what is wrong. */
function explained<Value>(parse: (value: Value) => unknown) {
  return (value: Value, context: z.core.$RefinementCtx) => {
    try {
      parse(value)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    }
  }
}
