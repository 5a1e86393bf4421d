import { EventEmitter } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBridge, type Ipc } from '../../../src/preload/bridge'
import { commandSchemas, type CommandName } from '../../../src/shared/ipc-contract'

function connect() {
  const channels = new EventEmitter()
  const invoked: unknown[][] = []
  const ipc: Ipc = {
    invoke: async (...message) => {
      invoked.push(message)
      return { ok: true, value: undefined }
    },
    on: (channel, listener) => channels.on(channel, listener),
    off: (channel, listener) => channels.off(channel, listener),
  }
  return { bridge: createBridge(ipc), channels, invoked }
}

describe('the bridge', () => {
  it('passes a command and its arguments to main and answers what main answers', async () => {
    const { bridge, invoked } = connect()
    expect(await bridge.command('engine:set-batch-size', 35)).toEqual({ ok: true, value: undefined })
    expect(invoked).toEqual([['engine:set-batch-size', 35]])
  })

  it('knows every command of the contract', async () => {
    const { bridge, invoked } = connect()
    const names = Object.keys(commandSchemas)
    // A page is not bound by types: here it gives no arguments, and main would refuse some.
    for (const name of names) await bridge.command(name as 'engine:start')
    expect(invoked).toEqual(names.map((name) => [name]))
  })

  it.each(['engine:explode', 'frame', 'constructor', '__proto__', 'ELECTRON_BROWSER_REQUIRE'])(
    'keeps "%s" from main',
    async (name) => {
      const { bridge, invoked } = connect()
      // A page is not bound by types.
      expect(await bridge.command(name as CommandName & 'engine:start')).toMatchObject({ ok: false })
      expect(invoked).toEqual([])
    },
  )

  it('gives the listener the frame and never the event', () => {
    const { bridge, channels } = connect()
    const received: unknown[][] = []
    bridge.onFrame((...message) => received.push(message))
    channels.emit('frame', { sender: 'ipcRenderer' }, { seq: 1 }, 'more')
    expect(received).toEqual([[{ seq: 1 }]])
  })

  it('ends a subscription without touching another', () => {
    const { bridge, channels } = connect()
    const received: string[] = []
    const end = bridge.onFrame(() => received.push('first'))
    bridge.onFrame(() => received.push('second'))
    end()
    channels.emit('frame', {}, { seq: 1 })
    expect(received).toEqual(['second'])
  })
})

describe('the preload', () => {
  it('loads nothing at run time but electron and its own files, as the sandbox demands', async () => {
    const folder = join(import.meta.dirname, '../../../src/preload')
    const sources = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
    // verbatimModuleSyntax: `import type` vanishes in the build, every other import stays.
    const imports = sources.flatMap((source) => [...source.matchAll(/^import (?!type ).*from '([^']+)'/gm)])
    expect(imports.map((match) => match[1]).toSorted()).toEqual(['./bridge', 'electron'])
  })
})
