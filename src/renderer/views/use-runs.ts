import { useEffect, useState } from 'react'
import type { RunList } from '../../shared/runs'
import { useRunCommands } from '../store/console-context'

/** A run that goes on has a longer recording every so often. */
const ASK_EVERY_MS = 3000

export type Runs = { readonly kind: 'asking' } | { readonly kind: 'there'; readonly list: RunList } | { readonly kind: 'refused'; readonly words: string }

/** The recorded runs, kept up to date while they are looked at. */
export function useRuns(): Runs {
  const commands = useRunCommands()
  const [runs, setRuns] = useState<Runs>({ kind: 'asking' })
  useEffect(() => {
    let isShown = true
    const ask = async () => {
      const reply = await commands.list()
      if (isShown) setRuns(reply.ok ? { kind: 'there', list: reply.value } : { kind: 'refused', words: reply.message })
    }
    void ask()
    const timer = setInterval(() => void ask(), ASK_EVERY_MS)
    return () => {
      isShown = false
      clearInterval(timer)
    }
  }, [commands])
  return runs
}
