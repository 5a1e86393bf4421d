import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { RESULT_COLUMNS, type PairResult } from '../../shared/result'
import { formatUsd, formatCell } from '../format-results'
import { useResultCommands } from '../store/console-context'
import { moneyTone } from '../store/money-tone'
import type { Asked } from '../store/result-commands'
import { text } from '../text'
import { PairComparison } from './pair-comparison'
import classes from './pair-page.module.css'
import { PairTradesPanel } from './pair-trades-panel'
import { Panel } from './panel'
import { linkTo } from './route'

const t = text.results.pair
const names = text.results.names

/** Everything that is known of one pair. `id` is `chain:wallet:token`. */
export function PairPage({ id }: { readonly id: string }) {
  const result = usePairResult(id)
  return (
    <div className={classes.page}>
      <a className={classes.back} href={linkTo('results')}>
        <IconArrowLeft size={15} aria-hidden /> {t.back}
      </a>
      {result?.ok === true && result.value !== null && <Pair id={id} result={result.value} />}
      {result?.ok === true && result.value === null && <Gone title={t.gone} about={t.goneAbout} />}
      {result?.ok === false && <Gone title={text.results.problem} about={result.message} />}
    </div>
  )
}

/** Undefined until main has answered. */
function usePairResult(id: string): Asked<PairResult | null> | undefined {
  const { result } = useResultCommands()
  const [answer, setAnswer] = useState<Asked<PairResult | null>>()
  useEffect(() => {
    void result(id).then(setAnswer)
  }, [result, id])
  return answer
}

function Pair({ id, result }: { readonly id: string; readonly result: PairResult }) {
  return (
    <>
      <header className={classes.title}>
        <h2>
          {result.token_symbol ?? names.token_address} <small>{result.chain}</small>
        </h2>
        <dl>
          <dt>{t.wallet}</dt>
          <dd>{result.wallet_address}</dd>
          <dt>{t.token}</dt>
          <dd>{result.token_address}</dd>
        </dl>
      </header>
      <Highlights result={result} />
      <div className={classes.columns}>
        <PairTradesPanel id={id} requests={Number(result.requests ?? 1)} />
        <div className={classes.side}>
          <Trust result={result} />
          <PairComparison id={id} result={result} />
          <Figures result={result} />
        </div>
      </div>
    </>
  )
}

const HIGHLIGHTS = ['total_pnl_usd', 'realized_pnl_usd', 'unrealized_pnl_usd', 'win_rate', 'total_trades', 'invested_usd', 'average_hold_minutes'] as const

function Highlights({ result }: { readonly result: PairResult }) {
  return (
    <dl className={classes.highlights}>
      {HIGHLIGHTS.map((column) => (
        <div key={column}>
          <dt>{names[column]}</dt>
          <dd data-tone={column.endsWith('pnl_usd') ? moneyTone(Number(result[column])) : undefined}>
            {column.endsWith('_usd') && result[column] !== null ? formatUsd(Number(result[column])) : formatCell(column, result[column])}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** How far the figures can be trusted, and why no further. */
function Trust({ result }: { readonly result: PairResult }) {
  return (
    <section className={classes.trust} data-level={result.confidence}>
      <h3>{t.confidence(String(result.confidence))}</h3>
      <p>{result.confidence_reason === null || result.confidence_reason === '' ? t.sound : String(result.confidence_reason)}</p>
    </section>
  )
}

/** Every column, as the CSV has it. */
function Figures({ result }: { readonly result: PairResult }) {
  return (
    <Panel title={t.figures}>
      <dl className={classes.figures}>
        {RESULT_COLUMNS.filter(({ name }) => result[name] !== null && result[name] !== '').map(({ name, about }) => (
          <div key={name}>
            <dt title={about}>{names[name]}</dt>
            <dd title={String(result[name])}>{formatCell(name, result[name])}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Gone({ title, about }: { readonly title: string; readonly about: string }) {
  return (
    <div className={classes.gone} role="alert">
      <b>{title}</b>
      <p>{about}</p>
    </div>
  )
}
