import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, describe, expect, it } from 'vitest'
import afterPack from '../../../packaging/after-pack.mjs'
import { setFuses } from '../../../packaging/fuses.mjs'
import { findElectron } from '../../../scripts/setup/electron.mjs'
import { ScratchFolder } from '../../support/scratch-folder'

const scratch = new ScratchFolder()
afterAll(() => scratch.remove())

/** What marks the fuses in Electron's binary: Electron's own constant. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const { DISABLE, ENABLE } = FuseState
/** How Electron is delivered: run-as-node, NODE_OPTIONS and --inspect are allowed, and no archive is checked. */
const AS_DELIVERED = [ENABLE, DISABLE, ENABLE, ENABLE, DISABLE, DISABLE, DISABLE, ENABLE, ENABLE]

/** A binary as far as its fuses go: the sentinel, the version and the length of the wire, and the wire itself. */
function binary(name: string, wire: readonly number[] = AS_DELIVERED, architectures = 1): string {
  const slice = Buffer.concat([Buffer.alloc(5000, 'code'), Buffer.from(SENTINEL), Buffer.from([1, wire.length, ...wire]), Buffer.alloc(900)])
  return scratch.write(name, Buffer.concat(Array.from({ length: architectures }, () => slice)))
}

const wanted = {
  version: '1',
  [FuseV1Options.RunAsNode]: DISABLE,
  [FuseV1Options.EnableCookieEncryption]: ENABLE,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
  [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
  [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
  [FuseV1Options.WasmTrapHandlers]: ENABLE,
}

describe('the fuses of the packaged app', () => {
  it('are all set in the binary, and nothing else of it is changed', async () => {
    const program = binary('sluice')
    const before = readFileSync(program)
    await setFuses(program)
    expect(await getCurrentFuseWire(program)).toEqual(wanted)
    const wireAt = before.indexOf(SENTINEL) + SENTINEL.length + 2
    const changed = [...readFileSync(program).entries()].filter(([at, byte]) => byte !== before[at]).map(([at]) => at - wireAt)
    expect(changed).toEqual([0, 1, 2, 3, 4, 5, 7])
  })

  it('are set in both architectures of a universal binary', async () => {
    const program = binary('universal', AS_DELIVERED, 2)
    await setFuses(program)
    const bytes = readFileSync(program)
    const wires = [bytes.indexOf(SENTINEL), bytes.lastIndexOf(SENTINEL)].map((at) => bytes.subarray(at + SENTINEL.length + 2).subarray(0, 9).toString())
    expect(wires).toEqual(['010011001', '010011001'])
  })

  it('refuse a binary with a fuse that nobody has decided about', async () => {
    const program = binary('newer', [...AS_DELIVERED, ENABLE])
    await expect(setFuses(program)).rejects.toThrow('10 fuses')
  })

  it('refuse a file that is no Electron', async () => {
    await expect(setFuses(scratch.write('other', 'not a binary'))).rejects.toThrow('Could not find sentinel')
  })

  it.each([
    ['linux', 'sluice'],
    ['win32', 'Sluice.exe'],
  ])('are set by the packager on %s, in %s', async (electronPlatformName, program) => {
    const file = binary(program)
    await afterPack({ appOutDir: scratch.path, electronPlatformName, packager: { appInfo: { productFilename: 'Sluice' } } })
    expect(await getCurrentFuseWire(file)).toEqual(wanted)
  })

  it('are set by the packager in the framework of a macOS app', async () => {
    const inner = 'Sluice.app/Contents/Frameworks/Electron Framework.framework'
    mkdirSync(scratch.at(inner), { recursive: true })
    const file = binary(`${inner}/Electron Framework`)
    await afterPack({ appOutDir: scratch.path, electronPlatformName: 'mas', packager: { appInfo: { productFilename: 'Sluice' } } })
    expect(await getCurrentFuseWire(file)).toEqual(wanted)
  })

  it('stop the packaging for a system whose binary nobody knows', async () => {
    const packed = afterPack({ appOutDir: scratch.path, electronPlatformName: 'plan9', packager: { appInfo: { productFilename: 'Sluice' } } })
    await expect(packed).rejects.toThrow('plan9')
  })

  it('belong to a package that is an asar archive and calls the script that sets them', () => {
    const packaging = resolve(import.meta.dirname, '../../../packaging/electron-builder.json')
    const { asar, afterPack: script, electronFuses } = JSON.parse(readFileSync(packaging, 'utf8'))
    expect({ asar, script, electronFuses }).toEqual({ asar: true, script: './packaging/after-pack.mjs', electronFuses: undefined })
  })
})

const electron = findElectron()
describe.skipIf(electron === null)("Electron's own binary (skipped where it cannot be downloaded)", () => {
  it('has just the fuses that are named here', async () => {
    const { version: _version, ...wire } = await getCurrentFuseWire(electron ?? '')
    const { version: _wanted, ...named } = wanted
    expect(Object.keys(wire)).toEqual(Object.keys(named))
  })
})
