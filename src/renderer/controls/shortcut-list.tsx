import { Modal } from '@mantine/core'
import { text } from '../text'
import { Key } from './key'
import classes from './shortcut-list.module.css'

const t = text.palette

/** Every key that does something. */
export function ShortcutList({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={t.shortcuts} size={420} closeButtonProps={{ 'aria-label': t.close }}>
      <dl className={classes.list}>
        {t.keys.map(({ keys, about }) => (
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
