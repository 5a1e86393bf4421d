import { Tooltip } from '@mantine/core'
import { formatLatency, formatShare } from '../format'
import { usePicture } from '../store/console-context'
import type { Tone } from '../store/run-controls'
import { text } from '../text'
import classes from './header.module.css'

const t = text.header
/** A refused share from which the API counts as pushing back. */
const MANY_REFUSALS = 0.05

export function RedisPill() {
  const name = usePicture((picture) => picture.connections.redis)
  const isAway = usePicture((picture) => picture.state.kind === 'waiting-for-redis')
  const latency = usePicture((picture) => picture.gauges.redisMs)
  const state = isAway ? t.redisAway : latency === null ? t.redisUnknown : formatLatency(latency)
  const tone = isAway ? 'bad' : latency === null ? 'quiet' : 'good'
  return <Pill tone={tone} name={null} shortName={t.redis} state={state} about={t.redisAbout(name, state)} />
}

export function ApiPill() {
  const api = usePicture((picture) => picture.connections.api)
  // What was said of the quotas last, not what the settings said once.
  const quota = usePicture(({ gauges }) => text.quota.inForce(gauges.quotas.map(({ told }) => told)))
  const name = quota === null ? api : `${api} · ${quota}`
  const blockedBy = usePicture(({ state }) => (state.kind === 'paused' || state.kind === 'pausing' ? state.by : null))
  const refusedShare = usePicture((picture) => picture.gauges.refusedShare)
  const isWorking = usePicture(({ state }) => state.kind === 'running' || state.kind === 'draining')
  const { tone, state } = apiState(blockedBy, isWorking ? refusedShare : null)
  return <Pill tone={tone} name={name} shortName={t.api} state={state} about={t.apiAbout(name, state)} />
}

function apiState(blockedBy: string | null, refusedShare: number | null): { tone: Tone; state: string | null } {
  if (blockedBy === 'configuration') return { tone: 'bad', state: t.keyRefused }
  if (blockedBy === 'allowance') return { tone: 'bad', state: t.allowanceSpent }
  if (refusedShare === null) return { tone: 'quiet', state: null }
  if (refusedShare >= MANY_REFUSALS) return { tone: 'caution', state: t.refuses(formatShare(refusedShare)) }
  return { tone: 'good', state: null }
}

interface PillProps {
  readonly tone: Tone
  /** Null where the short name is enough. */
  readonly name: string | null
  /** Stands in for the name, always or where there is little room. */
  readonly shortName: string
  readonly state: string | null
  readonly about: string
}

function Pill({ tone, name, shortName, state, about }: PillProps) {
  return (
    <Tooltip label={about}>
      <span className={classes.pill} data-tone={tone}>
        <i className={classes.dot} aria-hidden />
        {name !== null && <span className={classes.name}>{name}</span>}
        <span className={classes.shortName} data-alone={name === null || undefined}>
          {shortName}
        </span>
        {state && <span className={classes.pillState}>{state}</span>}
      </span>
    </Tooltip>
  )
}
