import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { MAX_PRIORITY } from '../../shared/pair'
import type { PriorityChoice } from '../../shared/waiting-pairs'
import { formatCount } from '../format'
import { text } from '../text'
import classes from './result-filter-bar.module.css'

const t = text.queue
const LEVELS = Array.from({ length: MAX_PRIORITY + 1 }, (_, level) => ({ value: String(level), label: t.levels(level) }))

interface PriorityBarProps {
  /** Ids of the pairs that are chosen in the table. */
  readonly chosen: ReadonlySet<string>
  readonly onSet: (choice: PriorityChoice) => Promise<void>
}

/** Gives waiting pairs another priority: those chosen, else those of a wallet, else all. */
export function PriorityBar({ chosen, onSet }: PriorityBarProps) {
  const [level, setLevel] = useState('9')
  const [wallet, setWallet] = useState('')
  const pairs: PriorityChoice['pairs'] = chosen.size > 0 ? { ids: [...chosen] } : wallet.trim() === '' ? {} : { wallet: wallet.trim() }
  const words = chosen.size > 0 ? t.setFor(formatCount(chosen.size), chosen.size) : wallet.trim() === '' ? t.setForAll : t.setForWallet
  return (
    <form
      className={classes.bar}
      onSubmit={(event) => {
        event.preventDefault()
        void onSet({ priority: Number(level), pairs })
      }}
    >
      <TextInput
        aria-label={t.walletHint}
        placeholder={t.walletHint}
        className={classes.wallet ?? ''}
        value={wallet}
        maxLength={100}
        disabled={chosen.size > 0}
        onChange={(event) => setWallet(event.currentTarget.value)}
      />
      <span className={classes.count}>{words}</span>
      <NativeSelect aria-label={t.priority} data={LEVELS} value={level} onChange={(event) => setLevel(event.currentTarget.value)} />
      <Button type="submit" data-testid="set-priority">
        {t.apply}
      </Button>
    </form>
  )
}
