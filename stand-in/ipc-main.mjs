import { EventEmitter } from 'node:events'
import { strict } from './strict.mjs'

/** @type {Map<string, Function>} */
const handlers = new Map()

const emitter = new EventEmitter()

export const ipcMain = strict('ipcMain', {
  on: emitter.on.bind(emitter),
  /** @param {string} channel @param {Function} handler */
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
  /** @param {string} channel */
  removeHandler: (channel) => void handlers.delete(channel),
})

/** @param {string} channel @param {object} event @param {unknown[]} args @returns {Promise<unknown>} */
export async function invoke(channel, event, args) {
  const handler = handlers.get(channel)
  if (!handler) throw new Error(`No handler registered for '${channel}'`)
  return handler(event, ...args)
}

/** @param {string} channel @param {object} event @param {unknown[]} args */
export function receive(channel, event, args) {
  emitter.emit(channel, event, ...args)
}
