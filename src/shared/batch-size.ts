/**
 * How many pairs may be in flight for one engine. Apart from the config's schema, so that the window can have the bounds
 * without the validator: zod tries `new Function` when it builds an object schema, and the window's CSP forbids that.
 */
export const MIN_BATCH_SIZE = 1
export const MAX_BATCH_SIZE = 500
export const DEFAULT_BATCH_SIZE = 20
