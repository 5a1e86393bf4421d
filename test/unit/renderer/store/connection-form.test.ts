import { describe, expect, it } from 'vitest'
import {
  draftOf,
  formOf,
  isChanged,
  redisDraftOf,
  withAccount,
  withNewAccount,
  withoutAccount,
} from '../../../../src/renderer/store/connection-form'
import type { ConnectionsReport } from '../../../../src/shared/connections'

const report: ConnectionsReport = {
  redis: { kind: 'own', address: 'host:1', tls: true, user: 'me', hasPassword: true },
  apiBaseUrl: '',
  accounts: [{ id: 'a', name: 'main', keys: ['••••1234'], plan: 'starter' }],
  keeping: 'keychain',
  problem: null,
  decidedBy: { redis: null, api: null },
}

describe('the fields of the connections', () => {
  it('left alone change nothing, and ask for what is kept to stay', () => {
    const form = formOf(report)
    expect(isChanged(form, report)).toBe(false)
    expect(draftOf(form)).toEqual({
      redis: { kind: 'own', address: 'host:1', tls: true, user: 'me', password: null },
      apiBaseUrl: '',
      accounts: [{ id: 'a', name: 'main', key: null, plan: 'starter' }],
    })
  })

  it('tell what was changed', () => {
    const form = withAccount(formOf(report), 'a', { key: 'new', plan: null })
    expect(isChanged(form, report)).toBe(true)
    expect(draftOf(form).accounts).toEqual([{ id: 'a', name: 'main', key: 'new', plan: null }])
    expect(redisDraftOf({ ...form, password: '' })).toMatchObject({ password: '' })
    expect(redisDraftOf({ ...form, redisKind: 'private' })).toEqual({ kind: 'private' })
  })

  it('take new accounts, whose key is wanted, each with a row of its own, and give them up again', () => {
    const form = withNewAccount(withNewAccount(formOf(report)))
    expect(form.accounts.map(({ row }) => row)).toEqual(['a', 'new-1', 'new-2'])
    expect(draftOf(form).accounts[1]).toEqual({ id: null, name: '', key: '', plan: null })
    expect(withNewAccount(withoutAccount(form, 'new-1')).accounts.map(({ row }) => row)).toEqual(['a', 'new-2', 'new-3'])
  })
})
