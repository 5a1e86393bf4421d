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
      <dl className={classes.list}>
        {[...t.keys, ...accelerators].map(({ keys, about }) => (
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
    </Modal>
  )
}
