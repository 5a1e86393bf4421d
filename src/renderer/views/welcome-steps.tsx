import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ConnectionsReport, Verdict } from '../../shared/connections'
import { AccountFields } from '../controls/account-fields'
import { ApiAddress, Links } from '../controls/api-address'
import fields from '../controls/connections.module.css'
import { RedisFields } from '../controls/redis-fields'
import { VerdictLine } from '../controls/verdict-line'
import { draftOf, formOf, redisDraftOf, withAccount, withNewAccount } from '../store/connection-form'
import { useConnections } from '../store/console-context'
import { text } from '../text'
import classes from './welcome.module.css'
import { Panel } from './panel'

const t = text.connections

interface WelcomeStepsProps {
  readonly report: ConnectionsReport
  readonly onBack: () => void
}

/** First the Redis, which has to answer before it goes on; then the key, which is tried by saving it. */
export function WelcomeSteps({ report, onBack }: WelcomeStepsProps) {
  const connections = useConnections()
  const [step, setStep] = useState<'redis' | 'key'>('redis')
  const [form, setForm] = useState(() => {
    const asKept = formOf(report)
    return asKept.accounts.length === 0 && report.decidedBy.api === null ? withNewAccount(asKept) : asKept
  })
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const attempt = async (task: () => Promise<Verdict>): Promise<boolean> => {
    setIsBusy(true)
    setVerdict(null)
    const answer = await task()
    setIsBusy(false)
    if (!answer.ok) setVerdict(answer)
    return answer.ok
  }
  const goOn = async () => {
    if (step === 'key') return void (await attempt(() => connections.save(draftOf(form))))
    const isReachable = report.decidedBy.redis !== null || (await attempt(() => connections.testRedis(redisDraftOf(form))))
    if (isReachable) setStep('key')
  }
  const goBack = () => {
    setVerdict(null)
    if (step === 'key') setStep('redis')
    else onBack()
  }
  return (
    <form
      className={classes.steps}
      onSubmit={(event) => {
        event.preventDefault()
        void goOn()
      }}
    >
      <Panel title={t.welcome.steps[step]} aside={step === 'key' ? <Links /> : null}>
        {step === 'redis' ? (
          <RedisFields form={form} onChange={setForm} decidedBy={report.decidedBy.redis} />
        ) : (
          <div className={fields.fields}>
            {report.decidedBy.api && <p className={fields.fixed}>{t.decidedBy(report.decidedBy.api)}</p>}
            {form.accounts.map((account, index) => (
              <AccountFields
                key={account.row}
                account={account}
                number={index + 1}
                apiBaseUrl={form.apiBaseUrl}
                isFixed={report.decidedBy.api !== null}
                onChange={(change) => setForm(withAccount(form, account.row, change))}
                onRemove={null}
              />
            ))}
            <ApiAddress form={form} onChange={setForm} isFixed={report.decidedBy.api !== null} />
            <p className={fields.about}>{t.kept[report.keeping]}</p>
          </div>
        )}
        <div className={classes.buttons}>
          <VerdictLine verdict={verdict} testId="welcome-verdict" />
          <Button onClick={goBack} disabled={isBusy}>
            {t.welcome.back}
          </Button>
          <Button type="submit" variant="filled" disabled={isBusy} data-testid="welcome-next">
            {step === 'redis' ? t.welcome.next : isBusy ? t.saving : t.welcome.finish}
          </Button>
        </div>
      </Panel>
    </form>
  )
}
