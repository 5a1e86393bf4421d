import type { QuotaReport } from '../../shared/frames'
import type { Settings } from './rollup'

interface SettingsParts {
  readonly engine: { readonly batchSize: { readonly asked: number } }
  quotaPerSecond(): number | null
  quotas(): readonly QuotaReport[]
}

/** What is asked for and allowed now, requests per second over all accounts. A sum with an unknown part is not known. */
export function settingsOf(parts: SettingsParts): Settings {
  const quotas = parts.quotas()
  return {
    batchSizeAsked: parts.engine.batchSize.asked,
    permittedPerSecond: sumOf(quotas.map(({ permittedPerSecond }) => permittedPerSecond)),
    quotaPerSecond: parts.quotaPerSecond() ?? sumOf(quotas.map(({ quotaPerSecond }) => quotaPerSecond)),
  }
}

function sumOf(rates: readonly (number | null)[]): number | null {
  if (rates.length === 0) return null
  return rates.reduce((sum, rate) => (sum === null || rate === null ? null : sum + rate), 0)
}
