import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { MAX_DROPPED_BYTES } from '../../shared/pair-import'
import { formatBytes } from '../format'
import { useImportCommands } from '../store/console-context'
import type { ImportCommands } from '../store/import-commands'
import { text } from '../text'
import classes from './pair-import.module.css'

const t = text.pairImport

/** A file that is dropped anywhere on the window is imported. Nothing else may be dropped: the page would be left for it. */
export function DropZone() {
  const commands = useImportCommands()
  const isOver = useFileDrop((files) => take(files, commands))
  if (!isOver) return null
  return (
    <div className={classes.dropZone} data-testid="drop-zone" aria-hidden>
      <div>
        <IconFileImport size={30} stroke={1.6} />
        <b>{t.drop}</b>
        <p>{t.dropAbout}</p>
      </div>
    </div>
  )
}

interface Dropped {
  readonly files: readonly File[]
  readonly hasFolder: boolean
}

function take({ files, hasFolder }: Dropped, { drop, refuse }: ImportCommands): void {
  const [file] = files
  if (hasFolder) return refuse(t.noFolder)
  if (file === undefined) return
  if (files.length > 1) return refuse(t.oneFile)
  if (file.size > MAX_DROPPED_BYTES) return refuse(t.tooLarge(formatBytes(MAX_DROPPED_BYTES)))
  void drop(file)
}

/** Calls `onDrop` for files that are dropped on the window. Answers whether some are held over it. */
function useFileDrop(onDrop: (dropped: Dropped) => void): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const hold = (event: DragEvent) => {
      event.preventDefault()
      const hasFiles = event.dataTransfer?.types.includes('Files') ?? false
      if (event.dataTransfer) event.dataTransfer.dropEffect = hasFiles ? 'copy' : 'none'
      setIsOver(hasFiles)
    }
    // Between two elements of the page it is left for another one; out of the window, for none.
    const leave = (event: DragEvent) => event.relatedTarget === null && setIsOver(false)
    const drop = (event: DragEvent) => {
      event.preventDefault()
      setIsOver(false)
      if (event.dataTransfer) onDrop(droppedIn(event.dataTransfer))
    }
    window.addEventListener('dragover', hold)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', hold)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [onDrop])
  return isOver
}

function droppedIn({ files, items }: DataTransfer): Dropped {
  return { files: [...files], hasFolder: [...items].some((item) => item.webkitGetAsEntry()?.isDirectory) }
}
