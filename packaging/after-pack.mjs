/**
 * Called by electron-builder when the app's folder is laid out and nothing is signed yet: the last moment at which the
 * binary may be changed.
 */
import { join } from 'node:path'
import { setFuses } from './fuses.mjs'

const PROGRAMS = /** @type {Readonly<Record<string, (name: string, lowerCaseName: string) => string>>} */ ({
  darwin: (name) => `${name}.app`,
  mas: (name) => `${name}.app`,
  win32: (name) => `${name}.exe`,
  linux: (_name, lowerCaseName) => lowerCaseName,
})

/**
 * @param {object} context as electron-builder gives it
 * @param {string} context.appOutDir
 * @param {string} context.electronPlatformName
 * @param {number} [context.arch] 3 is arm64
 * @param {{ appInfo: { productFilename: string }, executableName?: string }} context.packager
 */
export default async function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const name = packager.appInfo.productFilename
  const programOf = PROGRAMS[electronPlatformName]
  if (programOf === undefined) throw new Error(`Nobody has said where Electron's binary is on ${electronPlatformName}`)
  const program = join(appOutDir, programOf(name, packager.executableName ?? name.toLowerCase()))
  await setFuses(program, { adHocSigned: electronPlatformName === 'darwin' && arch === 3 })
}
