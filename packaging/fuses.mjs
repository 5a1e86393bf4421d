/**
 * The fuses of the packaged app: switches in Electron's own binary, which nobody can set back without changing that file
 * (and so its signature). Each of Electron's fuses stands here; one that a newer Electron adds makes packaging fail until
 * somebody has decided about it. Source: https://www.electronjs.org/docs/latest/tutorial/fuses
 */
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'

export const FUSES = /** @type {const} */ ({
  // ELECTRON_RUN_AS_NODE would make of the signed app a Node that runs anybody's script with the app's rights.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  // --inspect would let any process of this user read the keys out of main.
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // The app brings no snapshot of its own for main.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from app://, never from file://.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Protects nothing by being off: WebAssembly would only be slower.
  [FuseV1Options.WasmTrapHandlers]: true,
})

/**
 * Sets every fuse in a copy of Electron's binary, for all of its architectures. Rejects when it has none, or one that FUSES
 * does not name.
 * @param {string} program absolute path of the binary; of the .app folder on macOS
 * @param {{ adHocSigned?: boolean }} [options] whether macOS's ad-hoc signature must be renewed afterwards
 */
export async function setFuses(program, { adHocSigned = false } = {}) {
  await flipFuses(program, {
    ...FUSES,
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: adHocSigned,
  })
}
