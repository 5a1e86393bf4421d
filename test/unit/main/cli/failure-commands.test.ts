import { describe, expect, it } from 'vitest'
import { failureFilterOf } from '../../../../src/main/cli/failure-commands'

describe('the filter that flags make', () => {
  it('holds what is given, and nothing else of the command line', () => {
    const flags = { text: 'no wallet', minRefusals: '3', reason: 'timeout' as const, redis: 'redis://somewhere', dryRun: true }
    expect(failureFilterOf(flags)).toEqual({ text: 'no wallet', minRefusals: 3, reason: 'timeout' })
    expect(failureFilterOf({})).toEqual({})
  })

  it.each(['0', '-1', '1.5', 'many', '', '12345678'])('names the flag whose count "%s" is none', (count) => {
    expect(() => failureFilterOf({ minRecoveries: count })).toThrow(`--min-recoveries: "${count}" is not a whole number from 1 on`)
  })
})
