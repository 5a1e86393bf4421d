import { plainLines } from '../../shared/plain-lines'

/** Where the command line reads and writes: results to stdout, everything said on the way to stderr. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Whether stderr is a screen on which a line can be rewritten. */
  readonly isScreen: boolean
  readonly columns: number
}

export const processTerminal: Terminal = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${plainLines(text)}\n`),
  get isScreen() {
    return process.stderr.isTTY
  },
  get columns() {
    return process.stderr.columns ?? 80
  },
}

/** The exit codes of the command line. */
export const EXIT = {
  ok: 0,
  /** It ran, and the answer is "not as it should be": pairs lost, or work left that cannot go on. */
  failed: 1,
  /** It could not run: a wrong word, a wrong setting, no Redis. */
  unusable: 2,
  /** Interrupted by a signal; what was in flight has been given back. */
  interrupted: 130,
} as const
