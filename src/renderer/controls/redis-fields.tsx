import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Verdict } from '../../shared/connections'
import { redisDraftOf, type ConnectionForm } from '../store/connection-form'
import { useConnections } from '../store/console-context'
import { text } from '../text'
import classes from './connections.module.css'
import { VerdictLine } from './verdict-line'

const t = text.connections.redis
const KINDS = (['private', 'own'] as const).map((value) => ({ value, label: t.kinds[value] }))

interface RedisFieldsProps {
  readonly form: ConnectionForm
  readonly onChange: (form: ConnectionForm) => void
  /** What decides in place of these fields; null where they do. */
  readonly decidedBy: string | null
}

/** Which Redis, how it is reached, and a test of it. */
export function RedisFields({ form, onChange, decidedBy }: RedisFieldsProps) {
  const isFixed = decidedBy !== null
  return (
    <div className={classes.fields}>
      {isFixed && <p className={classes.fixed}>{text.connections.decidedBy(decidedBy)}</p>}
      <SegmentedControl<ConnectionForm['redisKind']>
        className={classes.choice ?? ''}
        aria-label={t.choice}
        data={KINDS}
        value={form.redisKind}
        onChange={(redisKind) => onChange({ ...form, redisKind })}
        disabled={isFixed}
        withItemsBorders={false}
      />
      {form.redisKind === 'private' ? (
        <p className={classes.about}>{t.privateAbout}</p>
      ) : (
        <OwnRedis form={form} onChange={onChange} isFixed={isFixed} />
      )}
    </div>
  )
}

interface OwnRedisProps extends Omit<RedisFieldsProps, 'decidedBy'> {
  readonly isFixed: boolean
}

function OwnRedis({ form, onChange, isFixed }: OwnRedisProps) {
  const field = (name: 'address' | 'user' | 'password', label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={form[name] ?? ''}
      onChange={(event) => onChange({ ...form, [name]: event.currentTarget.value })}
      type={name === 'password' ? 'password' : 'text'}
      autoComplete="off"
      spellCheck={false}
      disabled={isFixed}
      data-testid={`redis-${name}`}
    />
  )
  return (
    <>
      {field('address', t.address, t.addressAbout)}
      <div className={classes.pair}>
        {field('user', t.user, t.userAbout)}
        {field('password', t.password, form.hasPassword ? t.passwordKept : t.passwordNone)}
      </div>
      <Switch
        size="xs"
        withThumbIndicator={false}
        classNames={{ label: classes.switchLabel, description: classes.switchAbout, track: classes.track }}
        label={t.tls}
        description={t.tlsAbout}
        checked={form.tls}
        onChange={(event) => onChange({ ...form, tls: event.currentTarget.checked })}
        disabled={isFixed}
      />
      {!isFixed && <RedisTest form={form} />}
    </>
  )
}

function RedisTest({ form }: { readonly form: ConnectionForm }) {
  const connections = useConnections()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [isTesting, setIsTesting] = useState(false)
  const test = async () => {
    setIsTesting(true)
    setVerdict(null)
    setVerdict(await connections.testRedis(redisDraftOf(form)))
    setIsTesting(false)
  }
  return (
    <div className={classes.test}>
      <Button onClick={() => void test()} disabled={isTesting} data-testid="test-redis">
        {isTesting ? t.testing : t.test}
      </Button>
      <VerdictLine verdict={verdict} testId="redis-verdict" />
    </div>
  )
}
