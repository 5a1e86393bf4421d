import { describe, expect, it } from 'vitest'
import { CommandRefused } from '../../../../src/main/desktop/command-gate'
import { importCommands } from '../../../../src/main/desktop/imports'
import { PairImports } from '../../../../src/main/operator/pair-imports'
import { OperatorRefused, type ImportFile, type PairIntake } from '../../../../src/main/operator/ports'
import { commandSchemas } from '../../../../src/shared/ipc-contract'
import { IMPORT_PIECE_BYTES, MAX_DROPPED_BYTES } from '../../../../src/shared/pair-import'

/** Import commands whose dialogs answer as told. */
function desk({ open = null, save = null }: { open?: string | null; save?: string | null } = {}) {
  const opened: string[] = []
  const suggested: string[] = []
  const fileOf = (name: string): ImportFile => ({ name, bytes: 3, remove: async () => {} })
  const intake: PairIntake = {
    open: async (path) => {
      opened.push(path)
      if (path.includes('missing')) throw new OperatorRefused('missing.csv cannot be read')
      return fileOf('pairs.csv')
    },
    receive: async (name) => ({ ...fileOf(name), take: async () => {}, finish: async () => {} }),
    check: async () => {},
    queue: async () => {},
    saveRejected: async () => 2,
  }
  const imports = new PairImports(intake, () => {}, () => 0)
  const chooseFile = async (name: string) => {
    suggested.push(name)
    return save
  }
  return { opened, suggested, imports, commands: importCommands(imports, { chooseImportFile: async () => open, chooseFile }) }
}

describe('the import commands', () => {
  it('open the file of the dialog, and nothing when that is dismissed', async () => {
    const { commands, opened } = desk({ open: '/home/her/pairs.csv' })
    expect(await commands['import:choose']()).toEqual({ kind: 'begun', id: 'import-1' })
    expect(opened).toEqual(['/home/her/pairs.csv'])
    const dismissed = desk()
    expect(await dismissed.commands['import:choose']()).toEqual({ kind: 'dismissed' })
    expect(dismissed.opened).toEqual([])
  })

  it('say in words what cannot be opened or queued', async () => {
    await expect(desk({ open: '/missing.csv' }).commands['import:choose']()).rejects.toThrow(new CommandRefused('missing.csv cannot be read'))
    await expect(desk().commands['import:queue']('import-7')).rejects.toThrow(CommandRefused)
  })

  it('take of the name of a dropped file no folder', async () => {
    const { commands, imports } = desk()
    await commands['import:drop']({ name: '../../etc/pairs.csv', bytes: 3 })
    expect(imports.progress?.name).toBe('pairs.csv')
  })

  it('save rejected rows under a name that says whose they are', async () => {
    const { commands, suggested } = desk({ save: '/home/her/out.csv' })
    const id = await commands['import:drop']({ name: 'pairs.jsonl', bytes: 3 })
    expect(await commands['import:save-rejected'](id)).toEqual({ file: '/home/her/out.csv', rows: 2 })
    expect(suggested).toEqual(['pairs-rejected.csv'])
    const dismissed = desk()
    expect(await dismissed.commands['import:save-rejected'](id)).toBeNull()
  })
})

describe('what a page may hand over of a file', () => {
  const piece = (bytes: unknown) => commandSchemas['import:drop-piece'].safeParse([{ id: 'import-1', at: 0, piece: bytes }]).success

  it('is bytes, in pieces of bounded size', () => {
    expect(piece(new Uint8Array(IMPORT_PIECE_BYTES))).toBe(true)
    expect(piece(Buffer.from('a,b'))).toBe(true)
    for (const wrong of [new Uint8Array(0), new Uint8Array(IMPORT_PIECE_BYTES + 1), 'text', [1, 2], { path: '/etc/passwd' }]) expect(piece(wrong)).toBe(false)
  })

  it('is told of beforehand, and bounded, and never a path', () => {
    const drop = (file: unknown) => commandSchemas['import:drop'].safeParse([file]).success
    expect(drop({ name: 'pairs.csv', bytes: MAX_DROPPED_BYTES })).toBe(true)
    expect(drop({ name: 'pairs.csv', bytes: MAX_DROPPED_BYTES + 1 })).toBe(false)
    expect(drop({ name: 'pairs.csv', bytes: 1, path: '/etc/passwd' })).toBe(false)
  })
})
