/**
 * Reads several streams at once, at most `width` of them at a time in their order, and yields what comes as it comes. A
 * stream that rejects ends all. Each gets a signal that aborts with `outer`, and when nobody reads on.
 */
export async function* interleaved<S, T>(
  sources: readonly S[],
  width: number,
  outer: AbortSignal,
  open: (source: S, signal: AbortSignal) => AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  const ended = new AbortController()
  const signal = AbortSignal.any([outer, ended.signal])
  const waiting = sources.values()
  const reading = new Map<AsyncGenerator<T, void>, Promise<Step<T>>>()
  const read = (stream: AsyncGenerator<T, void>) => {
    const step = stream.next().then((result) => ({ stream, result }))
    step.catch(() => {}) // told when its turn comes, or nobody is left to tell
    reading.set(stream, step)
  }
  const openNext = () => {
    const { done, value } = waiting.next()
    if (!done) read(open(value, signal))
  }
  for (let opened = 0; opened < width; opened++) openNext()
  try {
    while (reading.size > 0) {
      const { stream, result } = await Promise.race(reading.values())
      if (result.done) {
        reading.delete(stream)
        openNext()
      } else {
        read(stream) // goes on while the reader works on this one
        yield result.value
      }
    }
  } finally {
    ended.abort()
    await Promise.allSettled([...reading.keys()].map((stream) => stream.return()))
  }
}

interface Step<T> {
  readonly stream: AsyncGenerator<T, void>
  readonly result: IteratorResult<T, void>
}
