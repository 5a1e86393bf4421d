import type { Ledger } from '../../shared/frames'
import classes from './ledger-strip.module.css'

const PARTS = ['done', 'failed', 'inFlight', 'delayed'] as const

/** The ledger's shares along the strip's lower edge. What is ready is the part that is still empty. */
export function LedgerBar({ ledger }: { readonly ledger: Ledger }) {
  const whole = Math.max(ledger.enqueued, 1)
  return (
    <div className={classes.bar} aria-hidden>
      {PARTS.map((part) => (
        <span key={part} data-part={part} style={{ width: `${(100 * ledger[part]) / whole}%` }} />
      ))}
    </div>
  )
}
