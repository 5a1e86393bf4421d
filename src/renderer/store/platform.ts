/** Whether ⌘ is the key that commands are given with. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform)

/** An accelerator's keys as people know them. */
export function keysOf(accelerator: string): readonly string[] {
  const names: Readonly<Record<string, string>> = isMac ? { CmdOrCtrl: '⌘', Shift: '⇧', Enter: '↩' } : { CmdOrCtrl: 'Ctrl' }
  return accelerator.split('+').map((key) => names[key] ?? key)
}
