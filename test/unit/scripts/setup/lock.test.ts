import { existsSync, utimesSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { withLock } from '../../../../scripts/setup/lock.mjs'
import { ScratchFolder } from '../../../support/scratch-folder'

const folder = new ScratchFolder()
afterAll(() => folder.remove())

it('an empty lock of a command that died does not hold up the next one', async () => {
  const file = folder.write('build.lock', '')
  utimesSync(file, 0, 0)
  expect(await withLock(file, async () => existsSync(file))).toBe(true)
  expect(existsSync(file)).toBe(false)
})

it('two commands at the same work take turns', async () => {
  const file = folder.at('turns.lock')
  const log: string[] = []
  const work = (name: string) => async () => {
    log.push(`${name} begins`)
    await new Promise(setImmediate)
    log.push(`${name} ends`)
  }
  await Promise.all([withLock(file, work('one')), withLock(file, work('two'))])
  expect(log).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
})
