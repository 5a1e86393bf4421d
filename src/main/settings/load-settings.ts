import { readFileSync } from 'node:fs'
import { parse, TomlError } from 'smol-toml'
import { configSchema, type Config } from '../../shared/config'
import { nearest } from './nearest'
import { problemLine, settingName, SettingsError } from './problems'

export interface SettingsSources {
  /** Path of the TOML file, if one was named. */
  readonly file?: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly flags: {
    readonly redis?: string | undefined
    readonly api?: string | undefined
    readonly pipeline?: string | undefined
  }
}

export interface Settings {
  readonly config: Config
  /** What is odd but harmless, for the log. */
  readonly warnings: readonly string[]
}

type Table = Record<string, unknown>

/** A setting that came from outside the file: where it goes, and how the person wrote it. */
interface Override {
  readonly name: string
  readonly path: readonly [table: string, key: string]
  readonly value: unknown
}

/**
 * Joins flags, environment, file and defaults, in this order of precedence, and checks the whole. Throws SettingsError with
 * a line for each problem. A setting that is not known is a warning: the files of other tools hold settings of theirs.
 */
export function loadSettings({ file, env, flags }: SettingsSources): Settings {
  const tables = file === undefined ? {} : readToml(file)
  const overrides = overridesOf(env, flags)
  for (const { path, value } of overrides) setAt(tables, path, value)
  const warnings: string[] = []
  for (;;) {
    const parsed = configSchema.safeParse(tables)
    if (parsed.success) return { config: parsed.data, warnings }
    const { issues } = parsed.error
    if (issues.some((issue) => issue.code !== 'unrecognized_keys')) throw problemsOf(issues, tables, overrides)
    for (const issue of issues) {
      if (issue.code === 'unrecognized_keys') warnings.push(...dropUnknown(tables, issue.path, issue.keys))
    }
  }
}

function readToml(file: string): Table {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code)
    throw new SettingsError([`The settings file ${file} cannot be read: ${why}. Correct --config`])
  }
  try {
    return parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const line = text.split('\n')[error.line - 1]?.trim() ?? ''
    const [why = 'it is not TOML'] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    throw new SettingsError([`${file}:${error.line}:${error.column}: ${why}: ${hideSecrets(line)}`])
  }
}

/** The line that is shown may be the very one with the key on it. */
function hideSecrets(line: string): string {
  return /key|password|url/i.test(line) ? line.replace(/=.*/s, '= (hidden)') : line.slice(0, 120)
}

function overridesOf(env: NodeJS.ProcessEnv, flags: SettingsSources['flags']): Override[] {
  const keys = env['SLUICE_API_KEYS']?.split(',').map((key) => key.trim())
  const candidates: (Omit<Override, 'value'> & { value: unknown })[] = [
    { name: 'SLUICE_REDIS_URL', path: ['redis', 'url'], value: env['SLUICE_REDIS_URL'] || undefined },
    { name: 'SLUICE_API_BASE_URL', path: ['birdeye', 'api_base_url'], value: env['SLUICE_API_BASE_URL'] || undefined },
    ...(env['SLUICE_API_KEYS'] && keys
      ? [
          { name: 'SLUICE_API_KEYS', path: ['birdeye', 'accounts'], value: keys.map((key) => ({ keys: [key] })) } as const,
          { name: 'SLUICE_API_KEYS', path: ['birdeye', 'api_key'], value: REMOVED } as const,
        ]
      : []),
    { name: '--redis', path: ['redis', 'url'], value: flags.redis },
    { name: '--api', path: ['birdeye', 'api_base_url'], value: flags.api },
    { name: '--pipeline', path: ['redis', 'pipeline'], value: flags.pipeline },
  ]
  return candidates.filter(({ value }) => value !== undefined)
}

/** Takes a setting of the file away: SLUICE_API_KEYS replaces every key of it. */
const REMOVED = Symbol('removed')

function setAt(tables: Table, [table, key]: Override['path'], value: unknown): void {
  const existing = tables[table]
  // A table of the wrong type is left for the schema to refuse.
  if (existing !== undefined && !isTable(existing)) return
  const target = existing ?? (tables[table] = {})
  if (value === REMOVED) delete (target as Table)[key]
  else (target as Table)[key] = value
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueAt(tables: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], tables)
}

type Issues = ReturnType<typeof configSchema.safeParse> extends infer R
  ? R extends { success: false; error: { issues: infer I } }
    ? I
    : never
  : never

function problemsOf(issues: Issues, tables: Table, overrides: readonly Override[]): SettingsError {
  const lines = issues
    .filter((issue) => issue.code !== 'unrecognized_keys')
    .map((issue) => {
      // The last one wins, as it did when the values were joined.
      const override = overrides.findLast(({ path }) => path.every((part, i) => issue.path[i] === part))
      return problemLine(override?.name ?? settingName(issue.path), issue.path, valueAt(tables, issue.path), issue)
    })
  return new SettingsError(lines)
}

/** Removes unknown settings, so that the rest can be judged. Answers a warning for each. */
function dropUnknown(tables: Table, path: readonly PropertyKey[], keys: readonly string[]): string[] {
  const owner = valueAt(tables, path)
  return keys.map((key) => {
    if (isTable(owner)) delete owner[key]
    const near = nearest(key, knownKeys(path))
    return `unknown setting \`${settingName([...path, key])}\`, ignored${near ? `; did you mean \`${near}\`?` : ''}`
  })
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  const tables = configSchema.shape
  if (path.length === 0) return Object.keys(tables)
  const table = Object.entries(tables).find(([name]) => name === path[0])?.[1]
  return table ? Object.keys(table.unwrap().shape) : []
}
