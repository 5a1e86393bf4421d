import { useEffect, useState } from 'react'
import type { BatchPair } from '../../shared/batch-pairs'
import { formatCount, formatLatency } from '../format'
import { formatAddress } from '../format-results'
import { useBatchCommands } from '../store/console-context'
import { text } from '../text'
import classes from './batch-pairs.module.css'
import { linkToDetail } from './route'

const t = text.batches.pairs

type Asked = { readonly kind: 'asked' } | { readonly kind: 'there'; readonly pairs: readonly BatchPair[] } | { readonly kind: 'none'; readonly words: string }

/** The pairs of a batch that a person has opened. A batch does not change once it is settled: they are asked for once. */
export function BatchPairs({ number }: { readonly number: number }) {
  const commands = useBatchCommands()
  const [asked, setAsked] = useState<Asked>({ kind: 'asked' })
  useEffect(() => {
    let isShown = true
    void commands.pairs(number).then((reply) => {
      if (!isShown) return
      if (!reply.ok) setAsked({ kind: 'none', words: reply.message })
      else setAsked(reply.value === null ? { kind: 'none', words: t.forgotten } : { kind: 'there', pairs: reply.value })
    })
    return () => {
      isShown = false
    }
  }, [commands, number])
  if (asked.kind !== 'there') return <p className={classes.words}>{asked.kind === 'none' ? asked.words : t.asked}</p>
  return (
    <div className={classes.scroll} role="region" aria-label={t.table(number)} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t.wallet}</th>
            <th scope="col">{t.token}</th>
            <th scope="col">{t.outcome}</th>
            <th scope="col" data-number>
              {t.took}
            </th>
            <th scope="col" data-number>
              {t.requests}
            </th>
            <th scope="col">{t.why}</th>
          </tr>
        </thead>
        <tbody>
          {asked.pairs.map((pair) => (
            <PairRow key={pair.id} pair={pair} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PairRow({ pair }: { readonly pair: BatchPair }) {
  const { id, wallet, token, symbol, outcome, message, tookMs, requests } = pair
  return (
    <tr data-testid="batch-pair">
      <th scope="row" title={wallet}>
        {outcome === 'succeeded' ? <a href={linkToDetail('results', id)}>{formatAddress(wallet)}</a> : formatAddress(wallet)}
      </th>
      <td title={token}>{symbol ?? formatAddress(token)}</td>
      <td data-outcome={outcome}>{t.outcomes[outcome]}</td>
      <td data-number>{formatLatency(tookMs)}</td>
      <td data-number>{formatCount(requests)}</td>
      <td className={classes.why} title={message ?? undefined}>
        {message}
      </td>
    </tr>
  )
}
