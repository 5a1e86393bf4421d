import { Modal } from '@mantine/core'
import { ACTIONS, type ActionName } from '../../shared/actions'
import { keysOf } from '../store/platform'
import { text } from '../text'
import { Key } from './key'
import classes from './shortcut-list.module.css'

const t = text.palette
// Object.keys answers plain strings.
const accelerators = (Object.keys(ACTIONS) as ActionName[]).map((name) => ({ keys: keysOf(ACTIONS[name]), about: t.names[name] }))

/** Every key that does something. */
export function ShortcutList({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={t.shortcuts} size={740} closeButtonProps={{ 'aria-label': t.close }}>
      <Keys title={t.keysAlone} entries={t.keys} />
      <Keys title={t.keysAnywhere} entries={accelerators} />
    </Modal>
  )
}

interface KeysProps {
  readonly title: string
  readonly entries: readonly { readonly keys: readonly string[]; readonly about: string }[]
}

function Keys({ title, entries }: KeysProps) {
  return (
    <section className={classes.group}>
      <h3>{title}</h3>
      <dl className={classes.list}>
        {entries.map(({ keys, about }) => (
          <div key={about}>
            <dt>
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
