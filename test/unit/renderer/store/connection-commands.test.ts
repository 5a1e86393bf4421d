import { describe, expect, it } from 'vitest'
import { createConnectionCommands } from '../../../../src/renderer/store/connection-commands'
import type { SluiceBridge } from '../../../../src/shared/ipc-contract'

const draft = { redis: { kind: 'private' }, apiBaseUrl: '', accounts: [] } as const

/** A bridge that answers each command with the same, or breaks. */
function commands(answer: unknown) {
  let reloads = 0
  const command = async () => (answer instanceof Error ? Promise.reject(answer) : answer)
  const bridge = { command, onFrame: () => () => {} } as unknown as SluiceBridge // one answer for every command
  return { commands: createConnectionCommands(bridge, 'nobody answers', () => (reloads += 1)), reloads: () => reloads }
}

describe('the commands of the connections', () => {
  it('load the page anew once another engine is behind it, and only then', async () => {
    const good = commands({ ok: true, value: { ok: true, words: 'saved' } })
    await good.commands.save(draft)
    await good.commands.takeToml('')
    await good.commands.testRedis(draft.redis)
    expect(good.reloads()).toBe(2)
    const bad = commands({ ok: true, value: { ok: false, words: 'nothing listens there' } })
    expect(await bad.commands.save(draft)).toEqual({ ok: false, words: 'nothing listens there' })
    expect(bad.reloads()).toBe(0)
  })

  it('answer a refusal, and a main that is gone, in words', async () => {
    expect(await commands({ ok: false, message: 'no' }).commands.save(draft)).toEqual({ ok: false, words: 'no' })
    expect(await commands(new Error('gone')).commands.testRedis(draft.redis)).toEqual({ ok: false, words: 'nobody answers' })
    expect(await commands(new Error('gone')).commands.read()).toBeNull()
  })

  it('tell the file that was written, and a dialog that was dismissed', async () => {
    expect(await commands({ ok: true, value: '/x/sluice.toml' }).commands.writeToml()).toEqual({ ok: true, words: '/x/sluice.toml' })
    expect(await commands({ ok: true, value: null }).commands.writeToml()).toBeNull()
  })
})
