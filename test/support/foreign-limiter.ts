import { Agenda } from '../../bench/quota/agenda'
import { seeded } from '../../bench/quota/chance'
import { startSluice } from '../../bench/quota/sluice-client'
import type { VirtualAnswer } from '../../bench/quota/virtual-api'

export type Headers = Readonly<Record<string, string>>
/** Whether a request is accepted that arrives at a moment, and what it is told. */
export type Limiter = (nowMs: number) => { readonly accepted: boolean; readonly headers?: Headers }

const START_MS = Date.UTC(2026, 0, 1) + 3300

/** A learner at work on somebody else's limiter, on virtual time. */
export function atWorkOn(limiter: Limiter, seed = 1) {
  const agenda = new Agenda(START_MS)
  const random = seeded(seed)
  const counts = new Map<number, { accepted: number; refused: number }>()
  const send = (onAnswer: (answer: VirtualAnswer) => void) => {
    const sentMs = agenda.nowMs
    const { accepted, headers = {} } = limiter(sentMs)
    const second = Math.floor((sentMs - START_MS) / 1000)
    const count = counts.get(second) ?? { accepted: 0, refused: 0 }
    count[accepted ? 'accepted' : 'refused'] += 1
    counts.set(second, count)
    const header = (name: string) => headers[name] ?? null
    agenda.at(sentMs + 300 + 300 * random(), () => onAnswer({ sentMs, answeredMs: agenda.nowMs, accepted, header }))
  }
  const learner = startSluice({ send, limits: [] }, agenda, 1, false)
  /** What was used of a quota per second, and refused, from one second to another; it runs until then. */
  const figure = (fromSecond: number, toSecond: number, perSecond: number) => {
    agenda.runUntil(START_MS + toSecond * 1000 - 1)
    const seen = [...counts].filter(([second]) => second >= fromSecond && second < toSecond).map(([, count]) => count)
    const accepted = seen.reduce((sum, count) => sum + count.accepted, 0)
    const refused = seen.reduce((sum, count) => sum + count.refused, 0)
    return { used: accepted / (perSecond * (toSecond - fromSecond)), refusedShare: refused / Math.max(1, accepted + refused) }
  }
  return { learner, figure }
}
