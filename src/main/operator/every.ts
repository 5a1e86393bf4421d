/** Runs the task now and then every `ms`, never twice at once; a task that fails is tried again at the next turn. */
export function every(ms: number, task: () => Promise<void> | void): () => void {
  let busy = false
  const turn = async () => {
    if (busy) return
    busy = true
    try {
      await task()
    } catch {
      // The connection's state, told elsewhere, says why.
    } finally {
      busy = false
    }
  }
  const timer = setInterval(() => void turn(), ms)
  void turn()
  return () => clearInterval(timer)
}
