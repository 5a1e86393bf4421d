import type { z } from 'zod'
import { configSchema, type Config } from '../../shared/config'
import { nearest } from './nearest'
import { overridesOf, type Flags, type Override } from './overrides'
import { SettingsError } from './problems'
import { allowedWords, knownNames } from './schema-words'
import { shownValue } from './secrets'
import { bare, settingName } from './setting-names'
import { readToml } from './toml-file'

export interface SettingsSources {
  /** Path of the TOML file, if one was named. */
  readonly file?: string | undefined
  /** What stands in the file's place where none was named; changed by the reading. */
  readonly tables?: Record<string, unknown> | undefined
  readonly env: NodeJS.ProcessEnv
  readonly flags: Flags
}

export interface Settings {
  readonly config: Config
  /** What is odd but harmless, for the log. */
  readonly warnings: readonly string[]
}

const PASSWORD_SHOWN =
  'a password in --redis can be read in the process list and in the history of the shell; SLUICE_REDIS_URL or a file keeps it to yourself'

type Table = Record<string, unknown>
type Path = readonly PropertyKey[]

/**
 * Joins flags, environment, file and defaults, in this order of precedence, and checks the whole. Throws SettingsError with
 * a line for each problem. A setting that is not known is a warning: the files of other tools hold settings of theirs.
 */
export function loadSettings({ file, tables: given = {}, env, flags }: SettingsSources): Settings {
  const tables = file === undefined ? given : readToml(file)
  const overrides = overridesOf(env, flags)
  for (const override of overrides) put(tables, override)

  const warnings = issuesOf(configSchema.safeParse(tables)).flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => dropUnknown(tables, issue.path, key)) : [],
  )
  if (hasPassword(flags.redis)) warnings.push(PASSWORD_SHOWN)
  const parsed = configSchema.safeParse(tables)
  if (parsed.success) return { config: parsed.data, warnings }
  const problems = issuesOf(parsed).map(({ path }) => problemWords(path, valueAt(tables, path), overrides))
  // A value can break two rules at once, and both name the same bounds.
  throw new SettingsError([...new Set(problems)])
}

function issuesOf({ error }: z.ZodSafeParseResult<Config>): readonly z.core.$ZodIssue[] {
  return error?.issues ?? []
}

function hasPassword(url: string | undefined): boolean {
  return url !== undefined && /:[^/]*@|[?&]password=/.test(url.replace(/^\w+:\/\//, ''))
}

function put(tables: Table, { path: [table, key], value }: Override): void {
  const target = (tables[table] ??= {})
  // What should be a table and is none is left for the schema to refuse.
  if (isTable(target)) target[key] = value
}

/** Removes an unknown setting, so that the rest can be judged, and says so. */
function dropUnknown(tables: Table, path: Path, key: string): string {
  const owner = valueAt(tables, path)
  const isRoot = path.length === 0
  const name = isRoot && !isTable(tables[key]) ? bare(key) : settingName([...path, key])
  if (isTable(owner)) delete owner[key]
  const near = nearest(key, knownNames(path))
  const meant = near === null ? elsewhere(key) : isRoot ? settingName([near]) : near
  return `unknown setting \`${name}\`, ignored${meant === null ? '' : `; did you mean \`${meant}\`?`}`
}

/** A setting of this very name in one of the tables. */
function elsewhere(key: string): string | null {
  const table = knownNames([]).find((candidate) => knownNames([candidate]).includes(key))
  return table === undefined ? null : settingName([table, key])
}

function problemWords(path: Path, value: unknown, overrides: readonly Override[]): string {
  // The last one wins, as it did when the values were joined.
  const override = overrides.findLast((candidate) => candidate.path.every((part, i) => path[i] === part))
  const position = path.find((part) => typeof part === 'number')
  const overrideName = position === undefined ? override?.name : `${override?.name} #${position + 1}`
  const name = override ? overrideName : settingName(path)
  const fault = value === undefined ? 'is missing' : `= ${shownValue(path, value)} cannot be used`
  return `${name} ${fault}: allowed is ${allowedWords(path)}`
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueAt(tables: Table, path: Path): unknown {
  // Indexing whatever comes: the path is one that the schema walked.
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], tables)
}
