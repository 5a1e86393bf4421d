import type { Disposition, Settlement } from '../engine/ports'
import { ResultPacker } from './stored-result'

/** Settlements as settle.lua reads them. */
export class SettleArguments {
  readonly #packer = new ResultPacker()

  /**
   * First how many layouts of results there are, with name and columns of each; then runs of settlements that have token
   * and destination in common: token, destination, how many, and id and payload of each.
   */
  of(settlements: readonly Settlement[]): (string | number)[] {
    const layouts = new Map<string, string>()
    const runs: (string | number)[] = []
    let [runToken, runTo, lengthAt] = [-1, '', 0]
    for (const { id, token, disposition } of settlements) {
      const to = destinationOf(disposition)
      if (token !== runToken || to !== runTo) {
        runs.push(token, to, 0)
        ;[runToken, runTo, lengthAt] = [token, to, runs.length - 1]
      }
      runs[lengthAt] = Number(runs[lengthAt]) + 1
      runs.push(id, this.#payloadOf(disposition, layouts))
    }
    return [layouts.size, ...[...layouts].flat()].concat(runs)
  }

  #payloadOf(disposition: Disposition, layouts: Map<string, string>): string | number {
    switch (disposition.to) {
      case 'done': {
        const { layout, stored } = this.#packer.pack(disposition.result)
        layouts.set(layout.name, layout.columns)
        return stored
      }
      case 'front':
        return ''
      case 'delayed':
        return Math.round(disposition.delayMs)
      case 'failed':
        return JSON.stringify({ reason: disposition.reason, message: disposition.message })
    }
  }
}

function destinationOf(disposition: Disposition): string {
  return disposition.to === 'front' ? disposition.because : disposition.to
}
