/** Something that was opened, and how it is closed. */
export interface Opened {
  readonly what: string
  close(): Promise<void> | void
}

/** More than the engine's own limit for a stop, so that what is in flight is given back first where that can be done. */
export const CLOSE_LIMIT_MS = 7000

/**
 * Closes everything, what was opened last first, one after the other. What fails or takes longer than the limit does not
 * keep the others from being closed; rejects at the end with an Error that names each such.
 */
export async function closeAll(opened: readonly Opened[]): Promise<void> {
  const problems: string[] = []
  for (const { what, close } of opened.toReversed()) {
    await inTime(close).catch((error: unknown) => {
      problems.push(`${what} (${error instanceof Error ? error.message : String(error)})`)
    })
  }
  if (problems.length > 0) throw new Error(`Not closed as it should be: ${problems.join('; ')}`)
}

async function inTime(close: Opened['close']): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${CLOSE_LIMIT_MS} ms`)), CLOSE_LIMIT_MS)
  })
  try {
    await Promise.race([close(), limit])
  } finally {
    clearTimeout(timer)
  }
}
