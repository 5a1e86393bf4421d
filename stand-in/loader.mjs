const standIn = new URL('./electron.mjs', import.meta.url).href

/** Resolves 'electron' to the stand-in. @param {string} specifier @param {object} context @param {Function} next */
export async function resolve(specifier, context, next) {
  const isElectron = specifier === 'electron' || specifier === 'electron/main'
  return isElectron ? { url: standIn, shortCircuit: true } : next(specifier, context)
}
