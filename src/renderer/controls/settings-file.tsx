import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { MAX_SETTINGS_BYTES, type Verdict } from '../../shared/connections'
import { useConnections } from '../store/console-context'
import { text } from '../text'
import classes from './connections.module.css'
import { VerdictLine } from './verdict-line'

const t = text.connections.file

/** Takes the connections from a settings file, and writes one. */
export function SettingsFile({ canTake }: { readonly canTake: boolean }) {
  const connections = useConnections()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const take = async (file: File | null) => {
    if (file === null) return
    if (file.size > MAX_SETTINGS_BYTES) return setVerdict({ ok: false, words: t.tooLarge })
    setVerdict({ ok: true, words: t.taken })
    setVerdict(await connections.takeToml(await file.text()))
  }
  const write = async () => {
    const written = await connections.writeToml()
    setVerdict(written?.ok ? { ok: true, words: t.written(written.words) } : written)
  }
  return (
    <div className={classes.fields}>
      <p className={classes.about}>{t.about}</p>
      <div className={classes.row}>
        {canTake && (
          <FileButton accept=".toml,text/plain" onChange={(file) => void take(file)} inputProps={{ 'aria-label': t.take }}>
            {(props) => <Button {...props}>{t.take}</Button>}
          </FileButton>
        )}
        <Button onClick={() => void write()} data-testid="write-toml">
          {t.write}
        </Button>
      </div>
      <VerdictLine verdict={verdict} testId="toml-verdict" />
    </div>
  )
}
