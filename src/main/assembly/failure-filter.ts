import { natureOf, normalisedReason, type FailureFilter } from '../../shared/failures'
import { foldAddress } from '../../shared/pair'
import type { FailureRecord } from '../queue/reads'

export type FilteredFailure = Omit<FailureRecord, 'id' | 'failedAtMs'>

/** Whether a filter lets a failure through; what it leaves out lets everything through. */
export function matchesFailure(filter: FailureFilter, failure: FilteredFailure): boolean {
  return isAmongGroups(filter, failure) && isInGroup(filter, failure)
}

/** The same, whichever group is chosen: what the groups are made of. */
export function isAmongGroups(filter: FailureFilter, failure: FilteredFailure): boolean {
  return isOfEitherNature(filter, failure) && (filter.nature === undefined || filter.nature === natureOf(failure.reason))
}

export function isInGroup({ group }: FailureFilter, { message }: FilteredFailure): boolean {
  return group === undefined || group === normalisedReason(message)
}

/** The same, whether it is poison or bad luck, and whichever group is chosen. */
export function isOfEitherNature(filter: FailureFilter, { entry, message, reason, attempts, refusals, recoveries }: FilteredFailure): boolean {
  const { text = '', wallet, token, minAttempts = 0, minRefusals = 0, minRecoveries = 0 } = filter
  if (filter.reason !== undefined && filter.reason !== reason) return false
  if (attempts < minAttempts || refusals < minRefusals || recoveries < minRecoveries) return false
  if (wallet !== undefined && foldAddress(wallet) !== foldAddress(entry.wallet_address)) return false
  if (token !== undefined && foldAddress(token) !== foldAddress(entry.token_address)) return false
  const wanted = text.toLowerCase()
  if (wanted === '') return true
  return [entry.wallet_address, entry.token_address, entry.token_symbol ?? '', message].some((field) => field.toLowerCase().includes(wanted))
}
