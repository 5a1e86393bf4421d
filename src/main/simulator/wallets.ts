import { base58 } from '@scure/base'
import { bytesFrom, randomFor } from './chance'

/**
 * What a simulated wallet's address says about it, so that nothing needs to be remembered:
 * - its last two bytes are the index of its home token, one that it is sure to have traded;
 * - DOOM and a status in the six bytes before the last two: the API refuses this wallet with that status, each time.
 * Any other well-formed address is a wallet too: its home token is what its last two bytes happen to say.
 */
const DOOM = [0x44, 0x4f, 0x4f, 0x4d]
const DOOM_AT = 24
const STATUS_AT = 28
const HOME_TOKEN_AT = 30

export const DOOMED_STATUSES = [400, 422, 404] as const
export type DoomedStatus = (typeof DOOMED_STATUSES)[number]

/** The wallet at this place among the traders of a token. */
export function mintWallet(seed: number, tokenIndex: number, place: number): string {
  const bytes = bytesFrom(randomFor(seed, 'wallet', tokenIndex, place), 32)
  new DataView(bytes.buffer).setUint16(HOME_TOKEN_AT, tokenIndex)
  return base58.encode(bytes)
}

/** A well-formed wallet that the simulator refuses for good. */
export function mintDoomedWallet(seed: number, status: DoomedStatus, number: number): string {
  const bytes = bytesFrom(randomFor(seed, 'doomed wallet', number), 32)
  bytes.set(DOOM, DOOM_AT)
  new DataView(bytes.buffer).setUint16(STATUS_AT, status)
  return base58.encode(bytes)
}

/** The status that this wallet is always refused with, null for the others. */
export function doomOf(wallet: Uint8Array): DoomedStatus | null {
  if (!DOOM.every((byte, at) => wallet[DOOM_AT + at] === byte)) return null
  const status = readUint16(wallet, STATUS_AT)
  return DOOMED_STATUSES.find((doomed) => doomed === status) ?? null
}

export function homeTokenIndex(wallet: Uint8Array, tokenCount: number): number {
  return readUint16(wallet, HOME_TOKEN_AT) % tokenCount
}

/** The 32 bytes of a Solana address, null where the text is none. */
export function addressBytes(address: string): Uint8Array | null {
  if (!/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(address)) return null
  const bytes = base58.decode(address)
  return bytes.length === 32 ? bytes : null
}

export function isEvmAddress(address: string): boolean {
  return /^0x[0-9a-f]{40}$/i.test(address)
}

function readUint16(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint16(at)
}
