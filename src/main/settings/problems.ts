/** Settings that cannot be used. The message is a line for each problem: the setting, its value, and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
  }
}
