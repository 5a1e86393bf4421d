/**
 * Values between main and the page as JSON, in the manner of the structured clone: what JSON has no word for is tagged.
 * What the structured clone refuses is refused, and so are cycles, which it would carry. The function is self-contained
 * because its source also runs in the page.
 */
export function makeCodec() {
  const BINARY = [
    ArrayBuffer, DataView, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float32Array, Float64Array, BigInt64Array, BigUint64Array,
  ]
  const ERRORS = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, Error]

  /** @param {unknown} value @param {unknown[]} above @returns {unknown} */
  function tag(value, above) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return isJson(value) ? value : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
    if (value === undefined) return { $: 'undefined' }
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) }
    if (typeof value !== 'object') throw new Error('An object could not be cloned.')
    if (above.includes(value)) throw new Error('The stand-in for Electron cannot send a cycle.')
    const inside = [...above, value]
    const all = (/** @type {unknown[]} */ values) => values.map((item) => tag(item, inside))
    if (Array.isArray(value)) return all(value)
    if (value instanceof Date) return { $: 'date', v: tag(value.getTime(), inside) }
    if (value instanceof RegExp) return { $: 'regexp', v: [value.source, value.flags] }
    if (value instanceof Map) return { $: 'map', v: [...value].map(all) }
    if (value instanceof Set) return { $: 'set', v: all([...value]) }
    if (value instanceof Error) return { $: 'error', type: value.name, v: [value.message, value.stack ?? ''] }
    const binary = BINARY.find((type) => value instanceof type)
    if (binary) return { $: 'binary', type: binary.name, v: [...bytesOf(/** @type {ArrayBuffer | DataView} */ (value))] }
    // Promises, weak maps, blobs and their like say here what they are.
    if (Object.prototype.toString.call(value) !== '[object Object]') throw new Error('An object could not be cloned.')
    // Own enumerable properties; prototypes are dropped, as by the structured clone.
    const plain = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tag(item, inside)]))
    return '$' in plain ? { $: 'object', v: plain } : plain
  }

  /** @param {number} value */
  function isJson(value) {
    return Number.isFinite(value) && !Object.is(value, -0)
  }

  /** @param {ArrayBuffer | DataView} value a typed array has a buffer like a DataView */
  function bytesOf(value) {
    return value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  }

  /** @param {any} value @returns {unknown} */
  function untag(value) {
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map(untag)
    switch (value.$) {
      case undefined:
        return untagged(value)
      case 'object':
        return untagged(value.v)
      case 'number':
        return Number(value.v)
      case 'bigint':
        return BigInt(value.v)
      case 'date':
        return new Date(/** @type {number} */ (untag(value.v)))
      case 'regexp':
        return new RegExp(value.v[0], value.v[1])
      case 'map':
        return new Map(value.v.map((/** @type {unknown[]} */ pair) => pair.map(untag)))
      case 'set':
        return new Set(value.v.map(untag))
      case 'error': {
        // As by the structured clone, an error of a type of one's own arrives as a plain one.
        const type = ERRORS.find(({ name }) => name === value.type) ?? Error
        return Object.assign(new type(value.v[0]), { stack: value.v[1] })
      }
      case 'binary': {
        const { buffer } = Uint8Array.from(value.v)
        if (value.type === 'ArrayBuffer') return buffer
        const type = /** @type {typeof DataView} */ (BINARY.find(({ name }) => name === value.type)) // each is made of a buffer alike
        return new type(buffer)
      }
      default:
        return undefined
    }
  }

  /** @param {object} value */
  function untagged(value) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, untag(item)]))
  }

  return {
    /** @param {unknown} value */
    encode: (value) => JSON.stringify(tag(value, [])),
    /** @param {string} text */
    decode: (text) => untag(JSON.parse(text)),
  }
}
