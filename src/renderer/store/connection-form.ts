import type { ConnectionsDraft, ConnectionsReport, RedisDraft } from '../../shared/connections'
import type { PlanName } from '../../shared/plans'

export interface AccountRow {
  /** Tells rows apart while they are edited. */
  readonly row: string
  /** Null for an account that is not kept yet. */
  readonly id: string | null
  readonly name: string
  /** Null: the field was left alone, and what is kept stays. */
  readonly key: string | null
  readonly plan: PlanName | null
  /** What is kept, masked. */
  readonly keptKeys: readonly string[]
}

/** What stands in the fields of the connections view. */
export interface ConnectionForm {
  readonly redisKind: RedisDraft['kind']
  readonly address: string
  readonly tls: boolean
  readonly user: string
  /** Null: the field was left alone, and what is kept stays. */
  readonly password: string | null
  readonly hasPassword: boolean
  readonly apiBaseUrl: string
  readonly accounts: readonly AccountRow[]
}

/** The fields as they stand before anybody has touched them. */
export function formOf({ redis, apiBaseUrl, accounts }: ConnectionsReport): ConnectionForm {
  const own = redis.kind === 'own' ? redis : { address: '', tls: false, user: '', hasPassword: false }
  const { address, tls, user, hasPassword } = own
  const rows = accounts.map(({ id, name, keys, plan }): AccountRow => ({ row: id, id, name, key: null, plan, keptKeys: keys }))
  return { redisKind: redis.kind, address, tls, user, password: null, hasPassword, apiBaseUrl, accounts: rows }
}

/** What main is told of the Redis. */
export function redisDraftOf({ redisKind, address, tls, user, password }: ConnectionForm): RedisDraft {
  if (redisKind === 'private') return { kind: 'private' }
  return { kind: 'own', address, tls, user, password }
}

/** What main is told when the form is saved. */
export function draftOf(form: ConnectionForm): ConnectionsDraft {
  return {
    redis: redisDraftOf(form),
    apiBaseUrl: form.apiBaseUrl,
    accounts: form.accounts.map(({ id, name, key, plan }) => ({ id, name, key: id === null ? (key ?? '') : key, plan })),
  }
}

/** Whether saving would change anything. */
export function isChanged(form: ConnectionForm, report: ConnectionsReport): boolean {
  return JSON.stringify(draftOf(form)) !== JSON.stringify(draftOf(formOf(report)))
}

/** The form with one more account, whose key is to be entered. */
export function withNewAccount(form: ConnectionForm): ConnectionForm {
  const highest = Math.max(0, ...form.accounts.map(({ row }) => Number(/^new-(\d+)$/.exec(row)?.[1] ?? 0)))
  const account: AccountRow = { row: `new-${highest + 1}`, id: null, name: '', key: null, plan: null, keptKeys: [] }
  return { ...form, accounts: [...form.accounts, account] }
}

export function withAccount(form: ConnectionForm, row: string, change: Partial<AccountRow>): ConnectionForm {
  return { ...form, accounts: form.accounts.map((account) => (account.row === row ? { ...account, ...change } : account)) }
}

export function withoutAccount(form: ConnectionForm, row: string): ConnectionForm {
  return { ...form, accounts: form.accounts.filter((account) => account.row !== row) }
}
