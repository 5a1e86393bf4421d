import { DiscoverButton } from '../controls/discover-button'
import { ExportMenu } from '../controls/export-menu'
import { RunButtons } from '../controls/run-buttons'
import { useIsReplaying, usePicture } from '../store/console-context'
import { text } from '../text'
import { ApiPill, RedisPill } from './connection-pills'
import classes from './header.module.css'
import { Logo } from './logo'
import { RunStatus } from './run-status'

export function Header() {
  const pipeline = usePicture((picture) => picture.connections.pipeline)
  const isReplaying = useIsReplaying()
  const isDemo = usePicture((picture) => picture.connections.demo)
  return (
    <header className={classes.header}>
      <h1 className={classes.brand}>
        <Logo size={22} />
        {text.product}
      </h1>
      <span className={classes.pill} title={text.header.pipeline(pipeline)}>
        <span className={classes.name}>{pipeline}</span>
        {isDemo && pipeline !== text.header.demo && <b className={classes.demo}>{text.header.demo}</b>}
      </span>
      <RedisPill />
      <ApiPill />
      <div className={classes.run}>
        <RunStatus />
        {!isReplaying && (
          <div className={classes.buttons}>
            <DiscoverButton />
            <RunButtons />
            <ExportMenu />
          </div>
        )}
      </div>
    </header>
  )
}
