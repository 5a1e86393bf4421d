import { readFileSync } from 'node:fs'
import { parse, TomlError } from 'smol-toml'
import { SettingsError } from './problems'
import { withoutSecrets } from './secrets'

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
}

/** The tables of a settings file. Throws SettingsError when it cannot be read, or is not TOML. */
export function readToml(file: string): Record<string, unknown> {
  return parseToml(readText(file), file)
}

/** The tables of the text of a settings file; `file` names it in what is thrown. */
export function parseToml(text: string, file: string): Record<string, unknown> {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const { line, column } = error
    // The rest of the message is an excerpt of the file, which may hold a key.
    const why = error.message.replace(/^Invalid TOML document: /, '').split('\n', 1)[0] ?? ''
    const shown = withoutSecrets(text.split('\n')[line - 1] ?? '')
    throw new SettingsError([`${file}:${line}:${column}: not valid TOML, ${why}: ${shown}`])
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException // what node:fs throws
    throw new SettingsError([`The settings file ${file} cannot be read: ${UNREADABLE[code] ?? message}. Correct --config`])
  }
}
