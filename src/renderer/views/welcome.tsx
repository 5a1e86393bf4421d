import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useCommands, useConsoleStore } from '../store/console-context'
import { text } from '../text'
import { useReport } from './connections'
import { Logo } from './logo'
import classes from './welcome.module.css'
import { WelcomeSteps } from './welcome-steps'

const t = text.connections.welcome

/** What a new user sees first: the demo at once, or one's own Redis and key in two steps. */
export function Welcome() {
  const report = useReport()
  const store = useConsoleStore()
  const commands = useCommands()
  const [isConnecting, setIsConnecting] = useState(false)
  const page = useRef<HTMLDivElement>(null)
  const leave = () => store.setState({ hasLeftWelcome: true })
  useLeavingByHeader(page, leave)
  if (report && isConnecting) {
    return (
      <div className={classes.whole} ref={page}>
        <WelcomeSteps report={report} onBack={() => setIsConnecting(false)} />
      </div>
    )
  }
  return (
    <div className={classes.page} ref={page} data-testid="welcome">
      <Logo size={44} />
      <div className={classes.lead}>
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
      </div>
      {report?.problem && (
        <p className={classes.problem} role="alert">
          <b>{text.connections.problem}</b> {report.problem}
        </p>
      )}
      <div className={classes.ways}>
        <Way icon={<IconPlayerPlayFilled size={22} aria-hidden />} title={t.demo} about={t.demoAbout}>
          <Button
            variant="filled"
            onClick={() => {
              leave()
              void commands.toggleRun()
            }}
            data-testid="welcome-demo"
          >
            {t.demoStart}
          </Button>
        </Way>
        <Way icon={<IconPlugConnected size={22} stroke={1.8} aria-hidden />} title={t.own} about={t.ownAbout}>
          <Button onClick={() => setIsConnecting(true)} data-testid="welcome-own">
            {t.ownStart}
          </Button>
        </Way>
      </div>
      <Button className={classes.quiet ?? ''} variant="subtle" onClick={leave} data-testid="welcome-look">
        {t.look}
      </Button>
    </div>
  )
}

/** Who uses the buttons above the page knows the way. */
function useLeavingByHeader(page: RefObject<HTMLElement | null>, leave: () => void): void {
  useEffect(() => {
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('header button') && !page.current?.contains(target)) leave()
    }
    document.addEventListener('click', onClick)
    return () => document.removeEventListener('click', onClick)
  })
}

interface WayProps {
  readonly icon: ReactNode
  readonly title: string
  readonly about: string
  readonly children: ReactNode
}

function Way({ icon, title, about, children }: WayProps) {
  return (
    <section className={classes.way} aria-label={title}>
      {icon}
      <h3>{title}</h3>
      <p>{about}</p>
      {children}
    </section>
  )
}
