import type { ConnectionsDraft, ConnectionsReport, KeyTrial, RedisDraft, Verdict } from '../../shared/connections'

/** What an operator can do about the connections. Nothing here rejects: what does not work is said in the verdict. */
export interface ConnectionDesk {
  report(): ConnectionsReport
  testRedis(draft: RedisDraft): Promise<Verdict>
  testKey(trial: KeyTrial): Promise<Verdict>
  /** Keeps the connections and works with them from then on; where that fails, everything stays as it was. */
  save(draft: ConnectionsDraft): Promise<Verdict>
  /** The same with the text of a settings file. */
  importToml(text: string): Promise<Verdict>
  /** A settings file of what is kept, without secrets. */
  toml(): string
}
