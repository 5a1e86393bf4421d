import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DroppedFile } from '../../../../src/main/transfer/dropped-file'
import { ScratchFolder } from '../../../support/scratch-folder'

const scratch = new ScratchFolder()
afterAll(() => scratch.remove())
const folder = scratch.at('dropped')
const bytes = (text: string) => new TextEncoder().encode(text)

describe('a dropped file', () => {
  it('is copied piece by piece, for this user alone', async () => {
    const file = await DroppedFile.begin(folder, 'pairs.csv', 6)
    await file.take(0, bytes('abc'))
    await file.take(3, bytes('def'))
    await file.finish()
    expect(readFileSync(file.path, 'utf8')).toBe('abcdef')
    expect([statSync(file.path).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700])
  })

  it.each([
    ['pairs.JSONL', '.jsonl'],
    ['pairs', '.csv'],
    ['pairs.exe', '.csv'],
    ['../../../etc/passwd.json', '.json'],
  ])('keeps of the name %s the kind alone: %s', async (name, extension) => {
    const file = await DroppedFile.begin(folder, name, 1)
    expect(extname(file.path)).toBe(extension)
    expect(file.path.startsWith(`${folder}/`)).toBe(true)
    expect(readdirSync(folder)).toHaveLength(1)
    await file.remove()
  })

  it('takes no piece out of its turn, and none beyond the size that was told', async () => {
    const file = await DroppedFile.begin(folder, 'pairs.csv', 4)
    await expect(file.take(1, bytes('b'))).rejects.toThrow('out of its turn')
    await file.take(0, bytes('abc'))
    await expect(file.take(0, bytes('abc'))).rejects.toThrow('out of its turn')
    await expect(file.take(3, bytes('de'))).rejects.toThrow('out of its turn')
    await expect(file.finish()).rejects.toThrow('changed while it was read')
  })

  it('is gone when it is removed, and so is what a kill left behind', async () => {
    const left = await DroppedFile.begin(folder, 'left.csv', 1)
    const file = await DroppedFile.begin(folder, 'pairs.csv', 1)
    expect(existsSync(left.path)).toBe(false)
    await file.remove()
    expect(readdirSync(folder)).toEqual([])
    await left.remove()
  })
})
