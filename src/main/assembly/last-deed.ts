import { OperatorRefused } from '../operator/ports'

/** Pairs whose state before is remembered; a deed to more cannot be taken back. */
const MOST_REMEMBERED = 50_000

/** What the last deed of a kind did to pairs, so that it can be taken back once. */
export class LastDeed<Before> {
  #before: Before[] | null = []

  begin(): void {
    this.#before = []
  }

  note(before: readonly Before[]): void {
    if (this.#before === null) return
    this.#before = this.#before.length + before.length > MOST_REMEMBERED ? null : [...this.#before, ...before]
  }

  /** What it was before, once. Throws in words where there is nothing to take back. */
  take(): readonly Before[] {
    const before = this.#before
    this.#before = []
    if (before === null) throw new OperatorRefused(`That changed more than ${MOST_REMEMBERED.toLocaleString('en-US')} pairs and cannot be undone.`)
    if (before.length === 0) throw new OperatorRefused('There is nothing left to undo.')
    return before
  }
}
