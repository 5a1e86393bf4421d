import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CommandRefused } from '../../../../src/main/desktop/command-gate'
import { connectionCommands } from '../../../../src/main/desktop/connections'
import type { ConnectionDesk } from '../../../../src/main/operator/connection-port'

function writing(file: string, toml = 'a = 1\n') {
  const desk = { toml: () => toml } as ConnectionDesk // the rest plays no part here
  return connectionCommands(desk, { chooseSettingsFile: async () => file })['connections:write-toml']
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-toml-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('a settings file that is exported', () => {
  it('takes the place of an older one, for its user alone, and leaves nothing beside it', async () => {
    const folder = scratch()
    const file = join(folder, 'sluice.toml')
    writeFileSync(file, 'old')
    expect(await writing(file)()).toBe(file)
    expect(readFileSync(file, 'utf8')).toBe('a = 1\n')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['sluice.toml'])
  })

  it('that cannot be written says so, and leaves what was there', async () => {
    const folder = scratch()
    // Nothing takes the place of a folder that is not empty.
    const file = join(folder, 'sluice.toml')
    mkdirSync(file)
    writeFileSync(join(file, 'inside'), 'old')
    await expect(writing(file)()).rejects.toThrow(CommandRefused)
    expect(readdirSync(folder)).toEqual(['sluice.toml'])
    expect(readFileSync(join(file, 'inside'), 'utf8')).toBe('old')
  })
})
