/**
 * Values between main and the page as JSON, in the manner of the structured clone: what JSON has no word for is tagged.
 * Cycles, functions, symbols and promises cannot be sent, as in Electron. The function is self-contained because its source
 * also runs in the page.
 */
export function makeCodec() {
  const TYPED = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array]

  /** @param {unknown} value @param {unknown[]} above @returns {unknown} */
  function tag(value, above) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) }
    if (typeof value !== 'object' || value instanceof Promise) throw new Error('An object could not be cloned.')
    if (above.includes(value)) throw new Error('The stand-in for Electron cannot send a cycle.')
    const inside = [...above, value]
    const all = (/** @type {unknown[]} */ values) => values.map((item) => tag(item, inside))
    if (Array.isArray(value)) return all(value)
    if (value instanceof Date) return { $: 'date', v: tag(value.getTime(), inside) }
    if (value instanceof Map) return { $: 'map', v: [...value].map(all) }
    if (value instanceof Set) return { $: 'set', v: all([...value]) }
    if (value instanceof Error) return { $: 'error', v: [value.name, value.message] }
    const typed = TYPED.find((type) => value instanceof type)
    if (typed) return { $: 'typed', type: typed.name, v: Array.from(/** @type {Uint8Array} */ (value)) }
    // Own enumerable properties; prototypes are dropped, as by the structured clone.
    const plain = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tag(item, inside)]))
    return '$' in plain ? { $: 'object', v: plain } : plain
  }

  /** @param {any} value @returns {unknown} */
  function untag(value) {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(untag)
    switch (value.$) {
      case undefined:
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, untag(item)]))
      case 'object':
        return Object.fromEntries(Object.entries(value.v).map(([key, item]) => [key, untag(item)]))
      case 'number':
        return Number(value.v)
      case 'bigint':
        return BigInt(value.v)
      case 'date':
        return new Date(/** @type {number} */ (untag(value.v)))
      case 'map':
        return new Map(value.v.map((/** @type {unknown[]} */ pair) => pair.map(untag)))
      case 'set':
        return new Set(value.v.map(untag))
      case 'error':
        return Object.assign(new Error(value.v[1]), { name: value.v[0] })
      case 'typed': {
        const type = TYPED.find((candidate) => candidate.name === value.type)
        return type ? type.from(value.v) : undefined
      }
      default:
        return undefined
    }
  }

  return {
    /** @param {unknown} value */
    encode: (value) => JSON.stringify(tag(value, [])),
    /** @param {string} text */
    decode: (text) => untag(JSON.parse(text)),
  }
}
