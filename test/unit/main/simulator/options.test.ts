import { describe, expect, it } from 'vitest'
import { SIMULATOR_FLAGS, checkOptions, parseFlags, settingsFrom } from '../../../../src/main/simulator/options'

describe('options', () => {
  it('have a default each', () => {
    expect(settingsFrom(checkOptions({}))).toEqual({
      seed: 1,
      limits: [],
      headers: 'none',
      latencyMs: 300,
      faults: [],
      accounts: null,
      allowance: null,
    })
  })

  it('take null and undefined for the default', () => {
    expect(settingsFrom(checkOptions({ rps: null, latencyMs: undefined }))).toEqual(settingsFrom(checkOptions({})))
  })

  it('make a second and a minute window of rps and rpm; the burst is that of the second', () => {
    expect(settingsFrom(checkOptions({ rps: 50, rpm: 1000, burst: 5, window: 'sliding' })).limits).toEqual([
      { requests: 50, windowMs: 1000, law: 'sliding', burst: 5 },
      { requests: 1000, windowMs: 60_000, law: 'sliding', burst: 1000 },
    ])
  })

  it('take other windows as a list; the burst is that of the shortest', () => {
    const limits = [
      { requests: 90, windowSeconds: 30 },
      { requests: 4, windowSeconds: 0.5 },
    ]
    expect(settingsFrom(checkOptions({ limits, burst: 2 })).limits).toEqual([
      { requests: 4, windowMs: 500, law: 'bucket', burst: 2 },
      { requests: 90, windowMs: 30_000, law: 'bucket', burst: 90 },
    ])
  })

  it.each([
    [{ rps: 0 }, 'rps: 0 is not allowed; allowed is a whole number from 1 to 1000000'],
    [{ rps: 1.5 }, 'rps: 1.5 is not allowed; allowed is a whole number from 1 to 1000000'],
    [{ port: 70_000 }, 'port: 70000 is not allowed; allowed is a whole number from 0 to 65535'],
    [{ window: 'leaky' }, 'window: "leaky" is not allowed; allowed is bucket, fixed, opened, sliding'],
    [{ headers: true }, 'headers: true is not allowed; allowed is none, x, ietf'],
    [{ limits: [] }, 'limits: [] is not allowed; allowed is a list of { requests, windowSeconds }'],
    [{ limits: [{ requests: 1 }] }, 'limits: [{"requests":1}] is not allowed; allowed is a list of'],
    [{ rps: 1, limits: [{ requests: 1, windowSeconds: 1 }] }, 'limits: allowed is either this list or rps and rpm'],
    [{ rps: 10, burst: 11, window: 'fixed' }, 'burst: 11 is not allowed; allowed is 1 to 10'],
    [{ faults: 'flood' }, 'faults: "flood" is not a fault; allowed are'],
    [{ faults: 5 }, 'faults: 5 is not allowed; allowed is fault[=share]'],
    [{ accounts: 'main' }, 'accounts: "main" is not an account'],
    [{ accounts: 5 }, 'accounts: 5 is not allowed; allowed is NAME=KEY+KEY'],
    [{ speed: 1 }, 'speed: no such option; allowed are port, seed, rps'],
    ['fast', 'options: allowed is an object with port, seed'],
    [null, 'options: allowed is an object with port, seed'],
  ])('are refused by name, value and what is allowed: %j', (options, message) => {
    expect(() => checkOptions(options)).toThrow(message)
  })

  it('let a bucket hold more than its window gives', () => {
    expect(settingsFrom(checkOptions({ rps: 10, burst: 100 })).limits[0]?.burst).toBe(100)
  })
})

describe('flags', () => {
  it('are read from text', () => {
    const flags = { port: '0', rps: '15', latencyMs: '80', faults: '500', replay: '7', window: 'fixed', rpm: undefined }
    expect(parseFlags(flags)).toEqual({
      port: 0,
      rps: 15,
      latencyMs: 80,
      faults: '500',
      replay: '7',
      window: 'fixed',
      rpm: undefined,
    })
  })

  it.each([
    [{ latencyMs: 'soon' }, '--latency-ms: "soon" is not allowed; allowed is a whole number from 0 to 600000'],
    [{ rps: '' }, '--rps: "" is not allowed'],
    [{ rps: '-1' }, '--rps: -1 is not allowed'],
    [{ faults: 'reset=7' }, '--faults: "reset=7" has the share "7"'],
    [{ rps: '1', burst: '2', window: 'sliding' }, '--burst: 2 is not allowed; allowed is 1 to 1'],
  ])('are refused by the name that was typed: %j', (flags, message) => {
    expect(() => parseFlags(flags)).toThrow(message)
  })

  it('exist for every option of the command line', () => {
    expect(SIMULATOR_FLAGS.map((row) => row.option)).toEqual(
      expect.arrayContaining(['port', 'rps', 'rpm', 'burst', 'window', 'headers', 'latencyMs', 'faults', 'seed', 'replay']),
    )
  })
})
