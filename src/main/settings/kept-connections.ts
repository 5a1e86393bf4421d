import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { PLAN_NAMES, type PlanName } from '../../shared/plans'
import { fullUrlOf, type KeptRedis } from './redis-address'

/** What turns secrets into something that only this user on this machine can read back. */
export interface Vault {
  isAvailable(): boolean
  seal(text: string): string
  /** Throws when it was sealed by another keychain. */
  open(sealed: string): string
}

export interface Account {
  readonly id: string
  readonly name: string
  readonly plan: PlanName | null
  readonly keys: readonly string[]
}

export interface Connections {
  readonly redis: KeptRedis | null
  /** Empty: the provider's own. */
  readonly apiBaseUrl: string
  readonly accounts: readonly Account[]
  /** The other settings of an imported file, table by table. */
  readonly other: Readonly<Record<string, unknown>>
}

export const NO_CONNECTIONS: Connections = { redis: null, apiBaseUrl: '', accounts: [], other: {} }

const secretsSchema = z.object({ redisPassword: z.string(), keys: z.record(z.string(), z.array(z.string())) })
type Secrets = z.infer<typeof secretsSchema>
const NO_SECRETS: Secrets = { redisPassword: '', keys: {} }

const fileSchema = z.object({
  version: z.literal(1),
  redisUrl: z.string().nullable(),
  apiBaseUrl: z.string(),
  accounts: z.array(z.object({ id: z.string(), name: z.string(), plan: z.enum(PLAN_NAMES).nullable() })),
  other: z.record(z.string(), z.unknown()),
  /** The secrets, sealed; null where there is no keychain. */
  sealed: z.string().nullable(),
})

/**
 * The connections that the window keeps, in one file of the user-data folder.
 * 1. What is no secret stands there as it is; the secrets stand there sealed by the system's keychain.
 * 2. Without a keychain they stay in memory and are gone when Sluice ends.
 */
export class KeptConnections {
  #unsealed: Secrets = NO_SECRETS

  constructor(
    private readonly file: string,
    private readonly vault: Vault,
  ) {}

  get keeping(): 'keychain' | 'session' {
    return this.vault.isAvailable() ? 'keychain' : 'session'
  }

  /** What is kept; nothing where nothing was kept yet, or the file is not ours. */
  read(): Connections {
    const kept = this.#readFile()
    if (kept === null) return NO_CONNECTIONS
    const secrets = this.#secretsOf(kept.sealed)
    return {
      redis: kept.redisUrl === null ? null : { url: kept.redisUrl, password: secrets.redisPassword },
      apiBaseUrl: kept.apiBaseUrl,
      accounts: kept.accounts.map((account) => ({ ...account, keys: secrets.keys[account.id] ?? [] })),
      other: kept.other,
    }
  }

  /** Replaces what is kept, in one step: a reader never sees half of it. */
  write({ redis, apiBaseUrl, accounts, other }: Connections): void {
    const secrets: Secrets = {
      redisPassword: redis?.password ?? '',
      keys: Object.fromEntries(accounts.map(({ id, keys }) => [id, [...keys]])),
    }
    this.#unsealed = secrets
    const kept: z.infer<typeof fileSchema> = {
      version: 1,
      redisUrl: redis?.url ?? null,
      apiBaseUrl,
      accounts: accounts.map(({ id, name, plan }) => ({ id, name, plan })),
      other,
      sealed: this.vault.isAvailable() ? this.vault.seal(JSON.stringify(secrets)) : null,
    }
    mkdirSync(dirname(this.file), { recursive: true })
    const draft = `${this.file}.${process.pid}.tmp`
    writeFileSync(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 })
    renameSync(draft, this.file)
  }

  #readFile(): z.infer<typeof fileSchema> | null {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.file, 'utf8')))
    } catch {
      return null
    }
  }

  #secretsOf(sealed: string | null): Secrets {
    if (sealed === null || !this.vault.isAvailable()) return this.#unsealed
    try {
      return secretsSchema.parse(JSON.parse(this.vault.open(sealed)))
    } catch {
      // Sealed on another machine, or by a keychain that was reset: the keys have to be entered again.
      return this.#unsealed
    }
  }
}

/** A name for a new account; it says nothing of the key. */
export function newAccountId(): string {
  return randomUUID()
}

/** What is kept as the tables of a settings file. Accounts whose keys were kept for another session only are left out. */
export function tablesOf({ redis, apiBaseUrl, accounts, other }: Connections): Record<string, Record<string, unknown>> {
  const usable = accounts.filter(({ keys }) => keys.length > 0)
  return {
    ...(other as Record<string, Record<string, unknown>>), // tables of a file that the schema accepted
    redis: { ...tableOf(other['redis']), ...(redis === null ? {} : { url: fullUrlOf(redis) }) },
    birdeye: {
      ...tableOf(other['birdeye']),
      ...(apiBaseUrl === '' ? {} : { api_base_url: apiBaseUrl }),
      ...(usable.length === 0 ? {} : { accounts: usable.map(accountTable) }),
    },
  }
}

function accountTable({ name, keys, plan }: Account): Record<string, unknown> {
  return { ...(name === '' ? {} : { name }), keys: [...keys], ...(plan === null ? {} : { plan }) }
}

function tableOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
