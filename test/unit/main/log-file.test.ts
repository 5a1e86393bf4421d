import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { logFile } from '../../../src/main/log-file'
import { ScratchFolder } from '../../support/scratch-folder'

function scratch(): ScratchFolder {
  const folder = new ScratchFolder()
  onTestFinished(() => folder.remove())
  return folder
}

describe('the log file', () => {
  it('has each line with its time and level, in one line whatever is in it', () => {
    const folder = scratch()
    const log = logFile(folder.path)
    log({ atMs: 0, level: 'warn', text: 'a\nb\u001B[31m' })
    log({ atMs: 1000, level: 'info', text: 'c' })
    const text = readFileSync(folder.at('logs/sluice.log'), 'utf8')
    expect(text).toBe('1970-01-01T00:00:00.000Z warn a b [31m\n1970-01-01T00:00:01.000Z info c\n')
    if (process.platform === 'win32') return
    for (const name of ['logs', 'logs/sluice.log']) expect(statSync(folder.at(name)).mode & 0o077, name).toBe(0)
  })

  it('rotates: the files stay below their limit, the newest lines are kept, the oldest go', () => {
    const folder = scratch()
    const log = logFile(folder.path, { maxBytes: 1000, kept: 3 })
    for (let n = 0; n < 500; n += 1) log({ atMs: 0, level: 'info', text: `${'ö'.repeat(55)} ${n}` })
    expect(readdirSync(folder.at('logs')).sort()).toEqual(['sluice.1.log', 'sluice.2.log', 'sluice.log'])
    const sizes = readdirSync(folder.at('logs')).map((name) => statSync(folder.at(`logs/${name}`)).size)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000)
    const kept = ['sluice.2.log', 'sluice.1.log', 'sluice.log'].map((name) => readFileSync(folder.at(`logs/${name}`), 'utf8')).join('')
    const numbers = kept.trim().split('\n').map((line) => Number(line.split(' ').at(-1)))
    expect(numbers).toEqual(Array.from(numbers, (_, i) => 500 - numbers.length + i))
  })

  it('that cannot be written disturbs nobody', () => {
    const folder = scratch()
    writeFileSync(folder.at('logs'), 'a file where the folder should be')
    expect(() => logFile(folder.path)({ atMs: 0, level: 'info', text: 'x' })).not.toThrow()
  })
})
