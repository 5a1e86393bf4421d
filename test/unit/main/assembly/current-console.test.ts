import { describe, expect, it } from 'vitest'
import type { Assembly } from '../../../../src/main/assembly/assemble'
import { CurrentConsole } from '../../../../src/main/assembly/current-console'
import type { Frame } from '../../../../src/shared/frames'

function assembly(name: string, happened: string[], close: () => Promise<void> = async () => {}) {
  const listeners = new Set<(frame: Frame) => void>()
  const operator = {
    subscribe: (listener: (frame: Frame) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    say: (_level: string, text: string) => happened.push(`${name} says ${text}`),
  }
  const closing = async () => {
    happened.push(`${name} closed`)
    await close()
  }
  const push = () => {
    for (const listener of listeners) listener({ seq: name } as unknown as Frame) // only told apart here
  }
  // As much of an assembly as is used.
  return { push, listeners, assembly: { operator, close: closing } as unknown as Assembly }
}

describe('the console at work', () => {
  it('is replaced by another: its listeners hear that one, and it is closed after that', async () => {
    const happened: string[] = []
    const [one, other] = [assembly('one', happened), assembly('other', happened)]
    const console = new CurrentConsole(one.assembly)
    const heard: unknown[] = []
    const end = console.subscribe(({ seq }) => heard.push(seq))
    await console.exchange(async () => {
      happened.push('other built')
      return other.assembly
    })
    one.push()
    other.push()
    expect({ heard, happened }).toEqual({ heard: ['other'], happened: ['other built', 'one closed'] })
    end()
    expect(other.listeners.size).toBe(0)
    await console.close()
    expect(happened.at(-1)).toBe('other closed')
  })

  it('works on when no other can be built', async () => {
    const happened: string[] = []
    const one = assembly('one', happened)
    const console = new CurrentConsole(one.assembly)
    const heard: unknown[] = []
    console.subscribe(({ seq }) => heard.push(seq))
    await expect(console.exchange(() => Promise.reject(new Error('no Redis')))).rejects.toThrow('no Redis')
    one.push()
    expect({ heard, happened }).toEqual({ heard: ['one'], happened: [] })
  })

  it('says what could not be closed, and exchanges one after the other', async () => {
    const happened: string[] = []
    const [one, two, three] = [
      assembly('one', happened, () => Promise.reject(new Error('Redis is away'))),
      assembly('two', happened),
      assembly('three', happened),
    ]
    const console = new CurrentConsole(one.assembly)
    await Promise.all([console.exchange(async () => two.assembly), console.exchange(async () => three.assembly)])
    expect(happened).toEqual(['one closed', 'two says Redis is away', 'two closed'])
    expect(console.operator).toBe(three.assembly.operator)
  })
})
