import type { SluiceBridge } from '../shared/ipc-contract'

declare global {
  interface Window {
    readonly sluice?: SluiceBridge
  }
}

/** What the preload has put on the window; undefined where it did not run. The only reader of `window.sluice`. */
export function findBridge(): SluiceBridge | undefined {
  return window.sluice
}
