import { z } from 'zod'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Reply } from '../../../../src/main/analysis/birdeye-client'
import { PatientClient } from '../../../../src/main/analysis/patient-client'
import { ManualClock } from '../../../support/manual-clock'

const refused: Reply<never> = { kind: 'rate-limited', message: '429 Too many requests' }
const broken: Reply<never> = { kind: 'transient', message: '500 oops' }
const data = { kind: 'data', data: 'yes' } as const
const never = new AbortController().signal

let clock: ManualClock
let answers: Reply<unknown>[]
let sent: number
let waits: [string, number][]
let client: PatientClient

beforeEach(() => {
  clock = new ManualClock()
  answers = []
  sent = 0
  waits = []
  // What stands in here is the API's word, answer by answer; the real client is under the integration tests.
  const get = async () => {
    sent += 1
    return answers.shift() ?? data
  }
  client = new PatientClient({
    client: { get: get as never }, // one answer type for every query
    clock,
    onWait: (message, waitMs) => waits.push([message, waitMs]),
  })
})

const ask = (signal = never) =>
  client.get({ endpoint: '/defi/token_trending', chain: 'solana', parameters: {}, data: z.string() }, signal)

describe('the patient client', () => {
  it('sends a failed request again after 1, 2 and 4 s, and then lets the answer stand', async () => {
    answers = [broken, broken, broken, broken, data]
    const reply = ask()
    for (const waitMs of [1000, 2000, 4000]) await clock.passSleepOf(waitMs)
    expect(await reply).toEqual(broken)
    expect(client.requests).toBe(4)
    expect(waits.map(([, waitMs]) => waitMs)).toEqual([1000, 2000, 4000])
  })

  it('waits out a refusal for a minute in all, saying so', async () => {
    answers = Array.from({ length: 7 }, () => refused)
    const reply = ask()
    for (const waitMs of [1000, 2000, 4000, 8000, 16_000, 30_000]) await clock.passSleepOf(waitMs)
    expect(await reply).toEqual(refused)
    expect(waits[0]).toEqual(['429 Too many requests', 1000])
    expect(client.requests).toBe(7)
  })

  it('holds other requests back while a refusal is waited out', async () => {
    answers = [refused]
    const first = ask()
    while (waits.length === 0) await Promise.resolve()
    const second = ask()
    await Promise.resolve()
    expect(sent).toBe(1)
    await clock.passSleepOf(1000)
    expect(await Promise.all([first, second])).toEqual([data, data])
    expect(sent).toBe(3)
  })

  it('goes on at once with another key, and ends when none is left', async () => {
    const other: Reply<never> = { kind: 'configuration', message: 'key 1', blocked: false }
    const none: Reply<never> = { kind: 'configuration', message: 'nothing usable is left', blocked: true }
    answers = [other, data]
    expect(await ask()).toEqual(data)
    answers = [other, none]
    expect(await ask()).toEqual(none)
    expect(waits).toEqual([])
  })

  it('tries no bad request again', async () => {
    answers = [{ kind: 'permanent', message: '400 Invalid' }]
    expect((await ask()).kind).toBe('permanent')
    expect(client.requests).toBe(1)
  })

  it('stops waiting when it is aborted', async () => {
    for (const fault of [broken, refused]) {
      answers = [fault]
      const abort = new AbortController()
      const reply = ask(abort.signal)
      await Promise.resolve()
      abort.abort(new Error('enough'))
      await expect(reply).rejects.toThrow('enough')
    }
  })
})
