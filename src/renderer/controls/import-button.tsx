import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { isImportUnderWay } from '../../shared/pair-import'
import { formatShare } from '../format'
import { useImportCommands, usePicture } from '../store/console-context'
import { importShareOf } from '../store/pair-import'
import { text } from '../text'

const t = text.pairImport

/** Asks for a file of pairs; while one is imported, says how far that is and shows it. */
export function ImportButton() {
  const { choose, show } = useImportCommands()
  const isUnderWay = usePicture(({ pairImport }) => pairImport !== null && isImportUnderWay(pairImport.state))
  const label = usePicture(({ pairImport }) => (pairImport && isUnderWay ? t.buttonUnderWay(formatShare(importShareOf(pairImport))) : t.button))
  return (
    <Button
      leftSection={<IconFileImport size={15} stroke={2} aria-hidden />}
      title={t.about}
      onClick={() => (isUnderWay ? show() : void choose())}
      data-testid="import"
    >
      {label}
    </Button>
  )
}
