import type { ConnectionsDraft, ConnectionsReport, KeyTrial, RedisDraft, Verdict } from '../../shared/connections'
import type { LinkName } from '../../shared/links'
import type { CommandReply, SluiceBridge } from '../../shared/ipc-contract'
import { askOf } from './ask'

/** What the connections view and the first page ask for. A refusal is a verdict, in main's words. */
export interface ConnectionCommands {
  /** Null when main does not answer. */
  readonly read: () => Promise<ConnectionsReport | null>
  readonly testRedis: (draft: RedisDraft) => Promise<Verdict>
  readonly testKey: (trial: KeyTrial) => Promise<Verdict>
  /** Once it is saved the page is loaded anew: another engine is behind it. */
  readonly save: (draft: ConnectionsDraft) => Promise<Verdict>
  readonly takeToml: (text: string) => Promise<Verdict>
  /** The verdict's words are the file; null when the dialog was dismissed. */
  readonly writeToml: () => Promise<Verdict | null>
  readonly openLink: (name: LinkName) => Promise<void>
}

/** `reload` loads the page anew; `unreachable` is what is said when main does not answer. */
export function createConnectionCommands(bridge: SluiceBridge, unreachable: string, reload: () => void): ConnectionCommands {
  const ask = askOf(bridge, unreachable)
  const verdict = (reply: CommandReply<'connections:save'>): Verdict =>
    reply.ok ? reply.value : { ok: false, words: reply.message }
  const applied = (answer: Verdict): Verdict => {
    if (answer.ok) reload()
    return answer
  }
  return {
    read: async () => {
      const reply = await ask('connections:read')
      return reply.ok ? reply.value : null
    },
    testRedis: async (draft) => verdict(await ask('connections:test-redis', draft)),
    testKey: async (trial) => verdict(await ask('connections:test-key', trial)),
    save: async (draft) => applied(verdict(await ask('connections:save', { ...draft, accounts: [...draft.accounts] }))),
    takeToml: async (toml) => applied(verdict(await ask('connections:take-toml', toml))),
    writeToml: async () => {
      const reply = await ask('connections:write-toml')
      if (!reply.ok) return { ok: false, words: reply.message }
      return reply.value === null ? null : { ok: true, words: reply.value }
    },
    openLink: async (name) => void (await ask('link:open', name)),
  }
}
