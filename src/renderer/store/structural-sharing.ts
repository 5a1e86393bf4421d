/**
 * `after`, with every part that says the same as in `before` taken from there, down to the whole of it: frames bring all of
 * their values anew, and what is the very same object is not drawn again. For what can be sent over IPC as JSON.
 */
export function sharedWith<T>(before: unknown, after: T): T {
  if (Object.is(before, after) || !isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) return after
  const known = before as Readonly<Record<string, unknown>> // of arrays, the indices
  const entries = Object.entries(after).map(([key, value]) => [key, sharedWith(known[key], value)] as const)
  const isSame = entries.length === Object.keys(before).length && entries.every(([key, value]) => key in before && Object.is(known[key], value))
  if (isSame) return before as T // equal in all its parts
  const shared = Array.isArray(after) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
  return shared as T // the same keys with equal values
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
