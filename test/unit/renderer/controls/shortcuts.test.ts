import { describe, expect, test } from 'vitest'
import { shortcutOf, type KeyPress } from '../../../../src/renderer/controls/shortcuts'

const press = (key: string, parts: Partial<KeyPress> = {}): KeyPress => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isAltGraph: false,
  target: 'page',
  ...parts,
})
const nudge = (by: number) => ({ kind: 'nudge-batch-size', by })

describe('shortcuts', () => {
  test.each([
    [press(' '), { kind: 'toggle-run' }],
    [press('e'), { kind: 'export' }],
    [press('f'), { kind: 'toggle-search' }],
    [press('A', { shiftKey: true }), { kind: 'toggle-sizing' }],
    [press('['), nudge(-1)],
    [press(']'), nudge(1)],
    [press('{', { shiftKey: true }), nudge(-5)],
    [press('}', { shiftKey: true }), nudge(5)],
    [press('x'), null],
  ])('%o means %o', (key, shortcut) => {
    expect(shortcutOf(key)).toEqual(shortcut)
  })

  test('leave typing alone', () => {
    for (const key of [' ', 'e', '[', ']']) expect(shortcutOf(press(key, { target: 'text' }))).toBeNull()
  })

  test('leave the space bar to the control that has the focus, and nothing else', () => {
    expect(shortcutOf(press(' ', { target: 'control' }))).toBeNull()
    expect(shortcutOf(press(']', { target: 'control' }))).toEqual(nudge(1))
  })

  test("leave the system's and the browser's own combinations alone", () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
      expect(shortcutOf(press('e', held))).toBeNull()
    }
  })

  test('know brackets that are typed with AltGr', () => {
    expect(shortcutOf(press(']', { ctrlKey: true, altKey: true, isAltGraph: true }))).toEqual(nudge(1))
  })
})
