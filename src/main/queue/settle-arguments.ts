import type { Disposition, Settlement } from '../engine/ports'
import { packTexts } from './message-pack'
import { ResultPacker } from './stored-result'

/** Characters of the last error that are kept with a pair which is tried again. */
const MOST_KEPT_WORDS = 300

/** Settlements as settle.lua reads them. */
export class SettleArguments {
  readonly #packer = new ResultPacker()

  /**
   * First the name and columns of each layout of results, then, packed into one, runs of settlements that have token and
   * destination in common: token, destination, how many, and id and payload of each.
   */
  of(settlements: readonly Settlement[]): (string | Buffer)[] {
    const layouts = new Map<string, string>()
    const runs: string[] = []
    let [runToken, runTo, length, lengthAt] = [-1, '', 0, 0]
    for (const { id, token, disposition, epoch } of settlements) {
      const to = destinationOf(disposition)
      if (token !== runToken || to !== runTo) {
        if (length > 0) runs[lengthAt] = String(length)
        lengthAt = runs.push(String(token), to, '') - 1
        ;[runToken, runTo, length] = [token, to, 0]
      }
      length += 1
      runs.push(id, this.#payloadOf(id, disposition, epoch, layouts))
    }
    if (length > 0) runs[lengthAt] = String(length)
    return [...[...layouts].flat(), packTexts(runs)]
  }

  #payloadOf(id: string, disposition: Disposition, epoch: number | undefined, layouts: Map<string, string>): string {
    switch (disposition.to) {
      case 'done': {
        const { layout, stored } = this.#packer.pack(id, disposition.result, epoch)
        layouts.set(layout.name, layout.columns)
        return stored
      }
      case 'front':
        return ''
      case 'delayed':
        return `${Math.round(disposition.delayMs)} ${epoch ?? 0} ${disposition.message.slice(0, MOST_KEPT_WORDS)}`
      case 'failed':
        return JSON.stringify({ reason: disposition.reason, message: disposition.message, ...(epoch === undefined ? {} : { epoch }) })
    }
  }
}

function destinationOf(disposition: Disposition): string {
  return disposition.to === 'front' ? disposition.because : disposition.to
}
