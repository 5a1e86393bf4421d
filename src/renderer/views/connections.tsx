import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ConnectionsReport, Verdict } from '../../shared/connections'
import { AccountFields } from '../controls/account-fields'
import fields from '../controls/connections.module.css'
import { ApiAddress, Links } from '../controls/api-address'
import { RedisFields } from '../controls/redis-fields'
import { SettingsFile } from '../controls/settings-file'
import { VerdictLine } from '../controls/verdict-line'
import { draftOf, formOf, isChanged, withAccount, withNewAccount, withoutAccount, type ConnectionForm } from '../store/connection-form'
import { useConnections } from '../store/console-context'
import { text } from '../text'
import classes from './connections.module.css'
import { Panel } from './panel'
import { SimulatorPanel } from './simulator-panel'

const t = text.connections

/** Where the pairs are and who analyses them: to be seen, tested and changed. */
export function Connections() {
  const report = useReport()
  return report && <Form report={report} />
}

/** How the connections stand; null until main has said it. */
export function useReport(): ConnectionsReport | null {
  const connections = useConnections()
  const [report, setReport] = useState<ConnectionsReport | null>(null)
  useEffect(() => {
    void connections.read().then(setReport)
  }, [connections])
  return report
}

function Form({ report }: { readonly report: ConnectionsReport }) {
  const connections = useConnections()
  const [form, setForm] = useState(() => formOf(report))
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const save = async () => {
    setIsSaving(true)
    setVerdict(null)
    setVerdict(await connections.save(draftOf(form)))
    setIsSaving(false)
  }
  return (
    <form
      className={classes.view}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {report.problem && (
        <p className={classes.problem} role="alert">
          <b>{t.problem}</b> {report.problem}
        </p>
      )}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t.redis.title}>
            <RedisFields form={form} onChange={setForm} decidedBy={report.decidedBy.redis} />
          </Panel>
          <Panel title={t.file.title}>
            <SettingsFile canTake={report.decidedBy.redis === null && report.decidedBy.api === null} />
          </Panel>
        </div>
        <div className={classes.column}>
          <Panel title={t.api.title} aside={<Links />}>
            <Accounts form={form} onChange={setForm} decidedBy={report.decidedBy.api} />
          </Panel>
          <SimulatorPanel />
        </div>
      </div>
      <Footer {...{ report, form, verdict, isSaving }} onRevert={() => setForm(formOf(report))} />
    </form>
  )
}

interface AccountsProps {
  readonly form: ConnectionForm
  readonly onChange: (form: ConnectionForm) => void
  readonly decidedBy: string | null
}

function Accounts({ form, onChange, decidedBy }: AccountsProps) {
  const isFixed = decidedBy !== null
  return (
    <div className={fields.fields}>
      {isFixed && <p className={fields.fixed}>{t.decidedBy(decidedBy)}</p>}
      <p className={fields.about}>{form.accounts.length === 0 && !isFixed ? t.api.none : t.api.about}</p>
      {form.accounts.map((account, index) => (
        <AccountFields
          key={account.row}
          account={account}
          number={index + 1}
          apiBaseUrl={form.apiBaseUrl}
          isFixed={isFixed}
          onChange={(change) => onChange(withAccount(form, account.row, change))}
          onRemove={() => onChange(withoutAccount(form, account.row))}
        />
      ))}
      {!isFixed && (
        <div className={fields.row}>
          <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange(withNewAccount(form))} data-testid="add-account">
            {t.api.add}
          </Button>
        </div>
      )}
      <ApiAddress form={form} onChange={onChange} isFixed={isFixed} />
    </div>
  )
}

interface FooterProps {
  readonly report: ConnectionsReport
  readonly form: ConnectionForm
  readonly verdict: Verdict | null
  readonly isSaving: boolean
  readonly onRevert: () => void
}

function Footer({ report, form, verdict, isSaving, onRevert }: FooterProps) {
  const hasChanged = isChanged(form, report)
  return (
    <footer className={classes.footer}>
      <div className={classes.notes}>
        {verdict ? <VerdictLine verdict={verdict} testId="save-verdict" /> : <p>{t.saveAbout}</p>}
        <p>{t.kept[report.keeping]}</p>
      </div>
      {hasChanged && (
        <Button onClick={onRevert} disabled={isSaving}>
          {t.revert}
        </Button>
      )}
      <Button type="submit" variant="filled" disabled={!hasChanged || isSaving} data-testid="save-connections">
        {isSaving ? t.saving : hasChanged ? t.save : t.unchanged}
      </Button>
    </footer>
  )
}
