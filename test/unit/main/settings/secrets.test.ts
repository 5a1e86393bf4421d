import { describe, expect, it } from 'vitest'
import { shownValue, withoutSecrets } from '../../../../src/main/settings/secrets'

describe('a value', () => {
  it.each([
    [['birdeye', 'api_key'], 'abc', '(hidden)'],
    [['birdeye', 'accounts', 0, 'keys', 1], 'abc', '(hidden)'],
    [['birdeye', 'accounts', 0], 'abc', '(hidden)'],
    [['birdeye', 'accounts', 0, 'plan'], 'gold', '"gold"'],
    [['birdeye'], 'abc', '(hidden)'],
    [['redis', 'url'], 'redis://:p@ss/w@host:1', '"redis://…@host:1"'],
    [['redis', 'url'], 'user:pass@host', '"…@host"'],
    [['redis', 'url'], 'redis://host?password=abc&x=1', '"redis://host?password=…&x=1"'],
    [['redis', 'url'], 'http://localhost:6379', '"http://localhost:6379"'],
    [['engine', 'max_attempts'], Number.NaN, 'NaN'],
    [['engine', 'max_attempts'], { a: 'b' }, 'a table'],
    [['engine', 'max_attempts'], ['a'], 'a list'],
  ])('at %j that is %j is shown as %s', (path, value, shown) => {
    expect(shownValue(path, value)).toBe(shown)
  })

  it('is shown in one line of bounded length, without what a terminal would obey', () => {
    const shown = shownValue(['redis', 'inbox'], `\u001b[31m\n${'x'.repeat(10_000)}`)
    expect(shown).not.toMatch(/\p{Cc}/u)
    expect(shown.length).toBeLessThan(200)
  })
})

describe('a line of a broken file', () => {
  it.each([
    ['pacing = = "x"', 'pacing = = "x"'],
    ['[system', '[system'],
    ['pnl_parallel_batch_size 20', 'pnl_parallel_batch_size 20'],
    ['pnl_parallel_batch_size: 20', 'pnl_parallel_batch_size: 20'],
    ['birdeye = "abc', 'birdeye = (hidden)'],
    ['api_key "abc"', '(not shown: it may hold a key)'],
    ['', '(an empty line)'],
    ['api_key = "abc', 'api_key = (hidden)'],
    ['  keys = ["abc", "def', 'keys = (hidden)'],
    ['accounts = [{ name = "abc', 'accounts = (hidden)'],
    ['url = "redis://user:pa ss@host', 'url = "redis://…@host'],
    // Each of these may stand within a list of keys.
    ['"abc",', '(not shown: it may hold a key)'],
    ['abc==,', '(not shown: it may hold a key)'],
    ['"abc=def",', '(not shown: it may hold a key)'],
    ['["abc", "d', '(not shown: it may hold a key)'],
  ])('%j is shown as %j', (line, shown) => {
    expect(withoutSecrets(line)).toBe(shown)
  })
})
