import { describe, expect, it } from 'vitest'
import { APP_ORIGIN } from '../../../../src/main/desktop/app-protocol'
import {
  answerCommand,
  CommandRefused,
  type CommandHandlers,
  type CommandSender,
} from '../../../../src/main/desktop/command-gate'
import type { CommandName } from '../../../../src/shared/ipc-contract'

const page = { origin: APP_ORIGIN }
const ourWindow = { senderFrame: page, sender: { mainFrame: page } }

/** A table that notes what it is asked for; each test replaces the handler that it is about. */
function desk(replaced: Partial<CommandHandlers> = {}) {
  const done: unknown[] = []
  const logged: string[] = []
  const note = (name: CommandName) => (...args: unknown[]) => void done.push([name, ...args])
  const handlers: CommandHandlers = {
    snapshot: () => {
      throw new Error('not part of these tests')
    },
    'engine:start': note('engine:start'),
    'engine:pause': note('engine:pause'),
    'engine:pause-until': note('engine:pause-until'),
    'engine:resume': note('engine:resume'),
    'engine:drain': note('engine:drain'),
    'engine:stop': note('engine:stop'),
    'engine:set-batch-size': note('engine:set-batch-size'),
    'engine:set-pacing': note('engine:set-pacing'),
    'engine:set-sizing': note('engine:set-sizing'),
    'engine:set-pair-limit': note('engine:set-pair-limit'),
    'engine:reset-breaker': note('engine:reset-breaker'),
    'quota:choose': note('quota:choose'),
    'engine:sweep': note('engine:sweep'),
    'engine:cancel-sweep': note('engine:cancel-sweep'),
    'export:start': () => ({ kind: 'dismissed' }),
    'export:cancel': note('export:cancel'),
    'export:reveal': note('export:reveal'),
    'discover:preview': () => ({ requests: 2, computeUnits: 80, pairs: 1, seconds: null }),
    'discover:start': note('discover:start'),
    'discover:cancel': note('discover:cancel'),
    'results:query': () => {
      throw new Error('not part of these tests')
    },
    'results:rows': () => null,
    'import:choose': () => ({ kind: 'dismissed' }),
    'import:drop': () => 'import-1',
    'import:drop-piece': ({ piece }) => done.push(['import:drop-piece', piece.length]) > 0,
    'import:drop-end': note('import:drop-end'),
    'import:queue': note('import:queue'),
    'import:cancel': note('import:cancel'),
    'import:dismiss': note('import:dismiss'),
    'import:save-rejected': () => null,
    'simulator:read': () => null,
    'simulator:turn': (knobs) => knobs,
    'batch:pairs': () => [],
    'runs:list': () => ({ runs: [], currentId: null }),
    'runs:page': () => ({ frames: [], nextFrom: null }),
    'queue:rows': () => [],
    'queue:search': () => ({ matching: 0, rows: [] }),
    'queue:prioritize': () => 0,
    'queue:undo-prioritize': () => 0,
    'failures:undo-retry': () => 0,
    'failures:query': () => ({ selection: 1, total: 0, matching: 0, byNature: { poison: 0, 'bad-luck': 0 }, groups: [], groupCount: 0 }),
    'failures:rows': () => null,
    'failures:retry': () => 0,
    'failures:discard': () => 0,
    'pair:result': () => null,
    'pair:trades': () => ({ kind: 'refused', message: 'not part of these tests' }),
    'pair:birdeye-figures': () => ({ kind: 'not-answered' }),
    'link:open': note('link:open'),
    'connections:read': () => {
      throw new Error('not part of these tests')
    },
    'connections:test-redis': () => ({ ok: true, words: '' }),
    'connections:test-key': () => ({ ok: true, words: '' }),
    'connections:save': () => ({ ok: true, words: '' }),
    'connections:take-toml': () => ({ ok: true, words: '' }),
    'connections:write-toml': () => null,
    ...replaced,
  }
  const ask = (name: CommandName, payload: readonly unknown[] = [], sender: CommandSender = ourWindow) =>
    answerCommand(name, handlers, sender, payload, (line) => logged.push(line))
  return { done, logged, ask }
}

describe('answerCommand', () => {
  it('is refused in few words, however much of it is wrong', async () => {
    const { logged, ask } = desk()
    const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`field ${i}`, i]))
    const accounts = Array.from({ length: 50 }, () => unknown)
    const reply = await ask('connections:save', [{ redis: { kind: 'private' }, apiBaseUrl: '', accounts }])
    expect(reply).toEqual({ ok: false, message: expect.stringMatching(/; and \d+ more$/) })
    expect(JSON.stringify([reply, logged]).length).toBeLessThan(2000)
  })

  it('says no secret of a payload that it refuses', async () => {
    const { logged, ask } = desk()
    const secret = 'canary-key-5f1c9b7e42d8a603'
    const trial = { id: null, key: secret.repeat(40), apiBaseUrl: '' }
    const replies = [
      await ask('connections:test-key', [trial]),
      await ask('connections:test-key', [{ ...trial, key: [secret] }]),
      await ask('connections:save', [{ redis: { kind: secret }, apiBaseUrl: secret, accounts: secret }]),
    ]
    for (const reply of replies) expect(reply).toMatchObject({ ok: false })
    expect(JSON.stringify([replies, logged])).not.toContain(secret)
  })

  it('runs the command of the window with its arguments', async () => {
    const { done, logged, ask } = desk()
    expect(await ask('engine:set-batch-size', [35])).toEqual({ ok: true, value: undefined })
    expect(done).toEqual([['engine:set-batch-size', 35]])
    expect(logged).toEqual([])
  })

  it('answers with what the handler answers, awaited', async () => {
    const { ask } = desk({ 'export:start': async ({ kind }) => ({ kind: 'started', id: '1', file: `/${kind}.csv` }) })
    expect(await ask('export:start', [{ kind: 'results' }])).toEqual({
      ok: true,
      value: { kind: 'started', id: '1', file: '/results.csv' },
    })
  })

  it.each(['https://example.org', 'app://sluice.example', 'app://SLUICE', 'null', ''])(
    'refuses a command from the origin "%s", and logs it',
    async (origin) => {
      const { done, logged, ask } = desk()
      const frame = { origin }
      const reply = await ask('engine:stop', [], { senderFrame: frame, sender: { mainFrame: frame } })
      expect(reply.ok).toBe(false)
      expect(done).toEqual([])
      expect(logged).toEqual([`The command engine:stop was refused: it came from ${origin}`])
    },
  )

  it('refuses a command from a frame within the page, its origin notwithstanding', async () => {
    const { done, ask } = desk()
    const reply = await ask('engine:stop', [], { senderFrame: { origin: APP_ORIGIN }, sender: { mainFrame: page } })
    expect(reply.ok).toBe(false)
    expect(done).toEqual([])
  })

  it('refuses a command from a frame that has gone', async () => {
    const { done, ask } = desk()
    expect((await ask('engine:stop', [], { senderFrame: null, sender: { mainFrame: page } })).ok).toBe(false)
    expect(done).toEqual([])
  })

  const wrongPayloads: [CommandName, unknown[]][] = [
    ['engine:set-batch-size', [0]],
    ['engine:set-batch-size', [501]],
    ['engine:set-batch-size', [20.5]],
    ['engine:set-batch-size', ['20']],
    ['engine:set-batch-size', []],
    ['engine:set-batch-size', [20, 30]],
    ['engine:start', ['now']],
    ['export:start', [{ kind: 'passwords' }]],
    ['export:start', [{ kind: 'batches', filter: {} }]],
    ['export:start', [{ kind: 'results', columns: ['password'] }]],
    ['results:rows', [{ selection: 1, from: 0, count: 1_000_000 }]],
    ['failures:discard', [{}]],
    ['queue:prioritize', [{ priority: 10, pairs: {} }]],
    ['failures:discard', [{ ids: [] }]],
    ['export:reveal', [{ toString: () => '/etc/passwd' }]],
    ['export:cancel', ['x'.repeat(65)]],
  ]
  it.each(wrongPayloads)('refuses %s with %j in words, and logs it', async (name, payload) => {
    const { done, logged, ask } = desk()
    const reply = await ask(name, payload)
    expect(reply).toEqual({ ok: false, message: expect.stringContaining(`The command ${name} was refused: `) })
    expect(done).toEqual([])
    expect(logged).toHaveLength(1)
  })

  it("passes a handler's refusal on in its own words, without a log line", async () => {
    const { logged, ask } = desk({
      'export:reveal': () => {
        throw new CommandRefused('Export again.')
      },
    })
    expect(await ask('export:reveal', ['1'])).toEqual({ ok: false, message: 'Export again.' })
    expect(logged).toEqual([])
  })

  it('keeps an unexpected error from the window and tells the log all of it', async () => {
    const { logged, ask } = desk({ 'engine:start': () => Promise.reject(new Error('secret detail')) })
    const reply = await ask('engine:start')
    expect(JSON.stringify(reply)).not.toContain('secret detail')
    expect(reply.ok).toBe(false)
    expect(logged).toEqual([expect.stringMatching(/engine:start failed: Error: secret detail\n\s+at /)])
  })
})
