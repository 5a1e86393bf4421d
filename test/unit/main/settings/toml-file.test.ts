import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SettingsError } from '../../../../src/main/settings/problems'
import { readToml } from '../../../../src/main/settings/toml-file'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-toml-'))
  file = join(folder, 'sluice.toml')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function read(text: string) {
  writeFileSync(file, text)
  return readToml(file)
}

describe('a settings file', () => {
  it('is read with or without a byte-order mark and CRLF', () => {
    expect(read('\uFEFF[system]\r\npnl_parallel_batch_size = 30\r\n')).toEqual({ system: { pnl_parallel_batch_size: 30 } })
  })

  it.each([
    ['[system]\npnl_parallel_batch_size = = 3', '2:27: not valid TOML, invalid value: pnl_parallel_batch_size = = 3'],
    ['[system\n', '1:8: not valid TOML, illegal character in key: [system'],
    ['a = 1\na = 2', '2:1: not valid TOML, trying to redefine an already defined table or value: a = 2'],
    ['[birdeye]\napi_key = "abc', '2:11: not valid TOML, unfinished string: api_key = (hidden)'],
  ])('that is broken is named with line, column and what the line says: %j', (text, words) => {
    expect(() => read(text)).toThrow(new SettingsError([`${file}:${words}`]))
  })

  it('that cannot be read is named with the reason', () => {
    const missing = join(folder, 'missing.toml')
    expect(() => readToml(missing)).toThrow(new SettingsError([`The settings file ${missing} cannot be read: there is no such file. Correct --config`]))
    expect(() => readToml(folder)).toThrow(`The settings file ${folder} cannot be read: it is a folder`)
    expect(() => readToml(join(file, 'x'))).toThrow('a part of its path is not a folder')
  })
})
