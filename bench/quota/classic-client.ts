import { classicWait, FIRST_WAIT, type Wait } from '../../src/main/engine/pacing'
import type { Agenda } from './agenda'
import type { VirtualApi } from './virtual-api'

const BATCH_SIZE = 20

/** The rule that Sluice grew out of, one request a pair: a batch at once, all awaited, then the wait that the rule says. */
export function startClassic(api: VirtualApi, agenda: Agenda): void {
  let wait: Wait = FIRST_WAIT
  const batch = () => {
    let [left, refused] = [BATCH_SIZE, 0]
    for (let i = 0; i < BATCH_SIZE; i += 1) {
      api.send(({ accepted }) => {
        if (!accepted) refused += 1
        left -= 1
        if (left > 0) return
        wait = classicWait(wait, refused)
        agenda.at(agenda.nowMs + wait.waitMs, batch)
      })
    }
  }
  batch()
}
