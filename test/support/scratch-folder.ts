import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the files of one test file. */
export class ScratchFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'sluice-test-'))

  /** Where a file of this name is, or would be. */
  at(name: string): string {
    return join(this.path, name)
  }

  /** Writes a file and answers its path. */
  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.at(name), content)
    return this.at(name)
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
