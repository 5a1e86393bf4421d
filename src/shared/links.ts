/** Pages outside of the app that the window can ask for, by name: it never hands main an address. */
export const LINK_NAMES = ['birdeye-keys', 'birdeye-plans'] as const
export type LinkName = (typeof LINK_NAMES)[number]
