/** The chain that an entry without `chain` belongs to. */
export const DEFAULT_CHAIN = 'solana'

/** Chains whose addresses are 0x and 40 hexadecimal digits. */
export const EVM_CHAINS = [
  'ethereum',
  'arbitrum',
  'avalanche',
  'base',
  'berachain',
  'bsc',
  'hyperevm',
  'mantle',
  'monad',
  'optimism',
  'polygon',
  'zksync',
] as const

/** The chains that the API serves and whose addresses can be checked. */
export const CHAINS = [DEFAULT_CHAIN, ...EVM_CHAINS] as const
