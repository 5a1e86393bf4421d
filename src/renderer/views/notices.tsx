import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconDatabaseX, IconInfoCircle, IconPlugConnectedX, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatSpan, formatTime } from '../format'
import { useCommands, useConsole, useConsoleStore, useIsReplaying, usePicture } from '../store/console-context'
import { text } from '../text'
import classes from './notices.module.css'
import { linkTo } from './route'

const t = text.notices

/** What stands in the way of the work, and what to do about it. One strip each, in the order of weight. */
export function Notices() {
  return (
    <>
      <LinkNotice />
      <StateNotice />
      <BreakerNotice />
      <RefusalNotice />
    </>
  )
}

function LinkNotice() {
  const link = useConsole((state) => state.link)
  if (link.kind !== 'silent') return null
  const since = link.lastAtMs === null ? null : formatTime(link.lastAtMs, 'second')
  return (
    <Notice tone="bad" icon={<IconPlugConnectedX size={18} aria-hidden />} title={t.silent(since)}>
      {link.reason ?? t.silentAbout}
    </Notice>
  )
}

function StateNotice() {
  const state = usePicture((picture) => picture.state)
  const awayFor = usePicture((picture) =>
    'sinceMs' in picture.state ? formatSpan(Math.max(0, picture.atMs - picture.state.sinceMs)) : '',
  )
  if (state.kind === 'waiting-for-redis') {
    return (
      <Notice tone="bad" icon={<IconPlugConnectedX size={18} aria-hidden />} title={t.redisAway} aside={t.since(awayFor)}>
        {t.redisAwayAbout(withoutStop(state.reason))}
      </Notice>
    )
  }
  if (state.kind === 'redis-full') {
    return (
      <Notice tone="bad" icon={<IconDatabaseX size={18} aria-hidden />} title={t.redisFull} aside={t.since(awayFor)}>
        {t.redisFullAbout}
      </Notice>
    )
  }
  if ((state.kind !== 'paused' && state.kind !== 'pausing') || state.by === 'operator') return null
  return (
    <Notice tone="bad" icon={<IconAlertTriangle size={18} aria-hidden />} title={t.pausedBy[state.by]} aside={state.by === 'configuration' && <SetupLink />}>
      {sentence(state.reason)} {t.pausedAbout[state.by]}
    </Notice>
  )
}

function SetupLink() {
  return (
    <Button size="compact-sm" variant="default" component="a" href={linkTo('connections')}>
      {t.openSetup}
    </Button>
  )
}

/** The engine's reasons are parts of sentences; here one stands by itself. */
function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${withoutStop(reason).slice(1)}.`
}

function withoutStop(reason: string): string {
  return reason.replace(/\.$/, '')
}

function BreakerNotice() {
  const commands = useCommands()
  const isReplaying = useIsReplaying()
  const { kind, reason, retryInMs } = usePicture((picture) => picture.gauges.breaker)
  if (kind === 'closed') return null
  const reset = (
    <Button size="compact-sm" variant="default" disabled={isReplaying} onClick={() => void commands.resetBreaker()}>
      {t.closeBreaker}
    </Button>
  )
  return (
    <Notice tone="caution" icon={<IconAlertTriangle size={18} aria-hidden />} title={t.breaker[kind]} aside={reset}>
      {reason} {kind === 'open' ? t.breakerOpenAbout(retryInMs < 1000 ? null : formatSpan(retryInMs)) : t.breakerTryingAbout}
    </Notice>
  )
}

function RefusalNotice() {
  const store = useConsoleStore()
  const refusal = useConsole((state) => state.refusal)
  if (refusal === null) return null
  const dismiss = (
    <ActionIcon aria-label={t.dismiss} onClick={() => store.setState({ refusal: null })}>
      <IconX size={15} aria-hidden />
    </ActionIcon>
  )
  return (
    <Notice tone="caution" icon={<IconInfoCircle size={18} aria-hidden />} title={t.refused} aside={dismiss}>
      {refusal}
    </Notice>
  )
}

interface NoticeProps {
  readonly tone: 'bad' | 'caution'
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
  /** Stands beside the words and is not announced with them. */
  readonly aside?: ReactNode
}

function Notice({ tone, icon, title, children, aside }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone}>
      {icon}
      <p role="alert">
        <b>{title}</b> {children}
      </p>
      <div className={classes.aside}>{aside}</div>
    </div>
  )
}
