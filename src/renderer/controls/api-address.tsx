import { TextInput } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { LinkName } from '../../shared/links'
import type { ConnectionForm } from '../store/connection-form'
import { useConnections } from '../store/console-context'
import { text } from '../text'
import classes from './links.module.css'

const t = text.connections.api

interface ApiAddressProps {
  readonly form: ConnectionForm
  readonly onChange: (form: ConnectionForm) => void
  readonly isFixed: boolean
}

/** For another API with the same endpoints, for example a simulator. */
export function ApiAddress({ form, onChange, isFixed }: ApiAddressProps) {
  return (
    <TextInput
      label={t.baseUrl}
      placeholder={t.baseUrlAbout}
      value={form.apiBaseUrl}
      onChange={(event) => onChange({ ...form, apiBaseUrl: event.currentTarget.value })}
      spellCheck={false}
      disabled={isFixed}
      data-testid="api-address"
    />
  )
}

/** The provider's pages, in the person's own browser. */
export function Links() {
  return (
    <div className={classes.links}>
      <Link name="birdeye-keys" label={t.getKey} />
      <Link name="birdeye-plans" label={t.seePlans} />
    </div>
  )
}

function Link({ name, label }: { readonly name: LinkName; readonly label: string }) {
  const connections = useConnections()
  return (
    <button type="button" className={classes.link} onClick={() => void connections.openLink(name)}>
      {label}
      <IconExternalLink size={13} aria-hidden />
    </button>
  )
}
