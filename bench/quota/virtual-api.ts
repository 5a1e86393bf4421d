import { metersFor, standings, takeFromAll, type Limit, type Meter } from '../../src/main/simulator/quota'
import { rateHeaders, type HeaderStyle } from '../../src/main/simulator/rate-headers'
import type { Agenda } from './agenda'
import { normal } from './chance'

export interface VirtualAnswer {
  readonly sentMs: number
  readonly answeredMs: number
  readonly accepted: boolean
  header(name: string): string | null
}

export interface ApiSettings {
  readonly limits: readonly Limit[]
  readonly headers: HeaderStyle
  /** Standard deviation of the time that a request is under way, ms. */
  readonly jitterMs: number
}

const MEDIAN_LATENCY_MS = 450
const LATENCY_SPREAD = 0.3
const BIN_MS = 1000

/** One account of the simulated API on virtual time: the simulator's own laws and headers, no HTTP. */
export class VirtualApi {
  #meters: readonly Meter[]
  #limits: readonly Limit[]
  readonly #accepted = new Map<number, number>()
  readonly #refused = new Map<number, number>()

  constructor(
    private readonly settings: ApiSettings,
    private readonly agenda: Agenda,
    private readonly random: () => number,
  ) {
    this.#limits = settings.limits
    this.#meters = metersFor(settings.limits, agenda.nowMs)
  }

  get limits(): readonly Limit[] {
    return this.#limits
  }

  get meters(): readonly Meter[] {
    return this.#meters
  }

  /** New limits begin unused, as those of the simulator do. */
  setLimits(limits: readonly Limit[]): void {
    this.#limits = limits
    this.#meters = metersFor(limits, this.agenda.nowMs)
  }

  /** A request of the client that is measured. */
  send(onAnswer: (answer: VirtualAnswer) => void): void {
    const { agenda, random, settings } = this
    const sentMs = agenda.nowMs
    agenda.at(sentMs + settings.jitterMs * Math.abs(normal(random)), () => {
      const { accepted, headers } = this.#decide()
      this.#count(accepted ? this.#accepted : this.#refused)
      const header = (name: string) => headers[name] ?? null
      agenda.at(agenda.nowMs + MEDIAN_LATENCY_MS * Math.exp(LATENCY_SPREAD * normal(random)), () =>
        onAnswer({ sentMs, answeredMs: agenda.nowMs, accepted, header }),
      )
    })
  }

  /** A request of somebody else; answers whether it was accepted. */
  takeForOther(): boolean {
    return this.#decide().accepted
  }

  /** Requests accepted and refused from `fromMs` until now, to the second. */
  counts(fromMs: number): { readonly accepted: number; readonly refused: number } {
    const sum = (bins: ReadonlyMap<number, number>) =>
      [...bins].reduce((total, [bin, count]) => (bin * BIN_MS >= fromMs - 1 ? total + count : total), 0)
    return { accepted: sum(this.#accepted), refused: sum(this.#refused) }
  }

  acceptedInSecond(second: number): number {
    return this.#accepted.get(second) ?? 0
  }

  #decide(): { readonly accepted: boolean; readonly headers: Readonly<Record<string, string>> } {
    const { nowMs } = this.agenda
    const decision = takeFromAll(this.#meters, nowMs)
    if (decision.kind === 'accepted') this.#meters = decision.next
    const refusal = decision.kind === 'refused' ? decision : null
    const { headers: style } = this.settings
    const headers = style === 'none' ? {} : rateHeaders(style, standings(this.#meters, nowMs), refusal, nowMs)
    return { accepted: decision.kind === 'accepted', headers }
  }

  #count(bins: Map<number, number>): void {
    const bin = Math.floor(this.agenda.nowMs / BIN_MS)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
}
