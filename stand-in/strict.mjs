/**
 * An object that throws when it is asked for what it does not have, so that nothing of Electron is silently missing.
 * @template {object} T
 * @param {string} name
 * @param {T} target
 * @returns {T}
 */
export function strict(name, target) {
  return new Proxy(target, {
    get(object, key) {
      if (!(key in object) && typeof key === 'string' && key !== 'then' && key !== 'toJSON') {
        throw new Error(`The stand-in for Electron has no ${name}.${key}`)
      }
      const value = Reflect.get(object, key, object)
      return typeof value === 'function' ? value.bind(object) : value
    },
    set(object, key, value) {
      if (!(key in object)) throw new Error(`The stand-in for Electron has no ${name}.${String(key)}`)
      return Reflect.set(object, key, value, object)
    },
  })
}

/** An Electron event: something that listeners can prevent. */
export function preventable(facts = {}) {
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
    ...facts,
  }
  return event
}
