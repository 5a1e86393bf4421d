import { z } from 'zod'
import { sustainedPerSecond, type Limit } from './limit'
import type { Knowledge } from './modes'

/** What is said of an account's quota. */
export interface Told {
  /** The plan's name, for people; null where it is none. */
  readonly plan: string | null
  /** Of the whole account; none where the quota is to be learned. */
  readonly limits: readonly Limit[]
}

export interface ToldBy extends Told {
  readonly by: 'settings' | 'operator'
}

const limits = z.array(z.object({ requests: z.number().positive(), windowMs: z.number().positive() })).readonly()
const word = z.object({ plan: z.string().nullable(), limits, over: limits })

/** An operator's word as Redis keeps it for all engines, with what the settings said of the account where it was given. */
export function spelledWord({ plan, limits }: Told, settings: Told): string {
  return JSON.stringify({ plan, limits, over: settings.limits } satisfies z.infer<typeof word>)
}

/**
 * What an engine goes by: the operator's word, where there is one. It takes the place of the settings that it was given over;
 * an engine with other settings, such as newer ones, holds to both, so that no quota that anybody told it is exceeded.
 */
export function inForce(settings: Told, spelled: string): ToldBy {
  const told = readWord(spelled)
  if (told === null) return { by: 'settings', ...settings }
  const isOverThese = JSON.stringify(told.over) === JSON.stringify(settings.limits)
  return { by: 'operator', plan: told.plan, limits: isOverThese ? told.limits : [...told.limits, ...settings.limits] }
}

/** Null where the quota is to be learned. */
export function configuredBy({ limits }: Told): Knowledge | null {
  const quotaPerSecond = sustainedPerSecond(limits)
  return quotaPerSecond === null ? null : { quotaPerSecond, uncertainty: 0, longLimit: null, source: 'configured' }
}

function readWord(spelled: string): z.infer<typeof word> | null {
  if (spelled === '') return null
  try {
    return word.parse(JSON.parse(spelled))
  } catch {
    // No engine of this version has written it.
    return null
  }
}
