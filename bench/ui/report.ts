export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it is held to. */
  readonly most?: number
  readonly least?: number
}

/** Prints the figures as a table and as one line of JSON. The exit code says whether all are met. */
export function judge(figures: readonly Figure[]): void {
  for (const { name, value, unit, most, least } of figures) {
    const bound = most === undefined ? `at least ${least}` : `at most ${most}`
    say(`${name.padEnd(64)} ${value.toFixed(1).padStart(8)} ${unit.padEnd(4)} ${isMet({ value, most, least }) ? 'met' : 'NOT MET'} (${bound})`)
  }
  say(JSON.stringify(figures))
  if (!figures.every(isMet)) process.exitCode = 1
}

function isMet({ value, most = Infinity, least = -Infinity }: { value: number; most?: number | undefined; least?: number | undefined }): boolean {
  return value <= most && value >= least
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
