import type { QuotaReport } from '../../shared/frames'
import type { QuotaChoice } from '../../shared/quota-choice'
import type { QuotaOffice } from './ports'
import { OperatorRefused } from './ports'

type Say = (words: string, marker: string) => void

/** What is said of the accounts' quotas, by this operator and by others: each change is told when it is in force. */
export class QuotaDesk {
  constructor(
    private readonly office: QuotaOffice,
    private readonly say: Say,
  ) {}

  /** In force for all engines of the account when it has answered. */
  async choose(account: number, choice: QuotaChoice): Promise<void> {
    if (this.#reportOf(account) === undefined) throw new OperatorRefused(`There is no account ${account} to tell a quota of. The Pacing card lists those that there are.`)
    await this.office.tell(account, choice)
  }

  /** To be called when something else is said of this account's quota. */
  told(account: number): void {
    const report = this.#reportOf(account)
    if (report === undefined) return
    this.say(`Quota of ${report.account}: ${toldWords(report)}`, `quota ${shortWords(report)}`)
  }

  /** What stands in for the settings from of old, in words. */
  get standing(): readonly string[] {
    return this.office
      .quotas()
      .filter(({ told }) => told.by === 'operator')
      .map((report) => `Quota of ${report.account}: ${toldWords(report)}, as was chosen in a window before. It holds until that is taken back there`)
  }

  #reportOf(account: number): QuotaReport | undefined {
    return this.office.quotas().find(({ number }) => number === account)
  }
}

function toldWords({ told }: QuotaReport): string {
  const limits = told.limits.map(({ requests, windowSeconds }) => `${requests} in ${windowSeconds} s`).join(' and ')
  const what = limits === '' ? 'learned from what the API accepts' : `at most ${limits}${told.plan === null ? '' : ` (${told.plan})`}`
  return told.by === 'settings' ? `${what}, as the settings say` : what
}

function shortWords({ told: { plan, limits } }: QuotaReport): string {
  return plan ?? (limits.length === 0 ? 'learned' : limits.map(({ requests, windowSeconds }) => `${requests}/${windowSeconds} s`).join(' '))
}
