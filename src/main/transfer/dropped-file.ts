import { randomUUID } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { extname, join } from 'node:path'

const EXTENSIONS = ['.csv', '.tsv', '.txt', '.jsonl', '.ndjson', '.json']

/**
 * A copy of a file that was dropped on the window, which hands it over in pieces: main is never told a path by a page.
 * 1. Is written in order into a folder that only this user may read.
 * 2. Grows to the size that was told beforehand, and no further.
 * 3. Is gone when it is removed. What a kill left behind is cleared by the next one.
 */
export class DroppedFile {
  #written = 0

  private constructor(
    readonly path: string,
    readonly bytes: number,
    private readonly handle: FileHandle,
  ) {}

  /** `folder` holds dropped files alone: whatever is in it is cleared. Rejects with what the disk says. */
  static async begin(folder: string, name: string, bytes: number): Promise<DroppedFile> {
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const extension = EXTENSIONS.find((known) => known === extname(name).toLowerCase()) ?? '.csv'
    const path = join(folder, `${randomUUID()}${extension}`)
    return new DroppedFile(path, bytes, await open(path, 'wx', 0o600))
  }

  /** Takes the next piece. Rejects when it is not the next one, or more than was told of. */
  async take(at: number, piece: Uint8Array): Promise<void> {
    if (at !== this.#written || at + piece.length > this.bytes) throw new Error('A piece of the file came out of its turn')
    this.#written += piece.length
    await this.handle.writeFile(piece)
  }

  /** Ends the copying. Rejects when a part is missing: the file was changed while it was read. */
  async finish(): Promise<void> {
    await this.handle.close()
    if (this.#written !== this.bytes) throw new Error('The file changed while it was read')
  }

  async remove(): Promise<void> {
    await this.handle.close()
    await rm(this.path, { force: true })
  }
}
