import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron'
import { expect, it, vi } from 'vitest'
import { confirmQuit } from '../../../../src/main/desktop/dialogs'

// Electron itself is not there in a unit test.
vi.mock('electron', () => ({ dialog: { showMessageBox: vi.fn<() => void>() } }))

it.each([
  ['Give back and quit', true],
  ['Keep working', false],
])('quitting while pairs are in flight: %s', async (label, quits) => {
  const asked = vi.mocked(dialog.showMessageBox)
  asked.mockImplementation(async (...args: unknown[]) => {
    const { buttons = [], cancelId, detail } = args[1] as MessageBoxOptions // its second argument, where a window is the first
    // Escape, or the dialog's own closing, keeps what is in flight where it is.
    expect(buttons[cancelId ?? -1]).toBe('Keep working')
    expect(detail).toContain('Nothing is lost')
    return { response: buttons.indexOf(label), checkboxChecked: false }
  })
  expect(await confirmQuit({} as BrowserWindow, 3)).toBe(quits) // only handed on
})
