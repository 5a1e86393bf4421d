import { describe, expect, it } from 'vitest'
import { interleaved } from '../../../../src/main/analysis/interleave'
import { collect } from '../../../support/collect'

const never = new AbortController().signal

describe('interleaved', () => {
  it('yields everything of every stream, and reads no more of them at a time than its width', async () => {
    let open = 0
    let most = 0
    async function* three(name: string) {
      most = Math.max(most, ++open)
      for (const place of [1, 2, 3]) yield `${name}${place}`
      open--
    }
    const read: string[] = []
    for await (const item of interleaved(['a', 'b', 'c', 'd', 'e'], 2, never, three)) read.push(item)
    expect(read.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e'].flatMap((name) => [1, 2, 3].map((place) => `${name}${place}`)))
    expect(most).toBe(2)
  })

  it('does not make one stream wait for another', async () => {
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    async function* slowOrQuick(name: string) {
      if (name === 'slow') await released
      yield name
    }
    const read: string[] = []
    for await (const item of interleaved(['slow', 'quick'], 2, never, slowOrQuick)) {
      read.push(item)
      release()
    }
    expect(read).toEqual(['quick', 'slow'])
  })

  it('ends the others when one rejects or when nobody reads on', async () => {
    const ended: string[] = []
    async function* waiting(name: string, signal: AbortSignal) {
      try {
        yield name
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
      } finally {
        ended.push(name)
      }
    }
    for await (const _ of interleaved(['a', 'b'], 2, never, waiting)) break
    expect(ended.toSorted()).toEqual(['a', 'b'])

    async function* failing(name: string, signal: AbortSignal) {
      if (name === 'bad') throw new Error('broken')
      yield* waiting(name, signal)
    }
    const all = collect(interleaved(['c', 'bad'], 2, never, failing))
    await expect(all).rejects.toThrow('broken')
    expect(ended).toContain('c')
  })
})
