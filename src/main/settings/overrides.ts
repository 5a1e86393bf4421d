/** Settings from outside the file. */
export interface Flags {
  readonly redis?: string | undefined
  readonly api?: string | undefined
  readonly pipeline?: string | undefined
}

/** A setting that takes the place of the file's. */
export interface Override {
  /** As the person wrote it. */
  readonly name: string
  readonly path: readonly [table: string, key: string]
  /** Undefined takes the file's setting away and leaves the default. */
  readonly value: unknown
}

/** The settings of environment and flags, least important first. An empty variable counts as none. */
export function overridesOf(env: NodeJS.ProcessEnv, flags: Flags): Override[] {
  const { SLUICE_REDIS_URL: redisUrl, SLUICE_API_BASE_URL: apiUrl, SLUICE_API_KEYS: keys } = env
  const overrides: Override[] = []
  const add = (name: string, path: Override['path'], value: unknown) => overrides.push({ name, path, value })

  if (redisUrl) add('SLUICE_REDIS_URL', ['redis', 'url'], redisUrl)
  if (apiUrl) add('SLUICE_API_BASE_URL', ['birdeye', 'api_base_url'], apiUrl)
  if (keys) {
    add('SLUICE_API_KEYS', ['birdeye', 'accounts'], keys.split(',').map((key) => ({ keys: [key.trim()] })))
    // They replace every key of the file.
    add('SLUICE_API_KEYS', ['birdeye', 'api_key'], undefined)
  }
  if (flags.redis !== undefined) add('--redis', ['redis', 'url'], flags.redis)
  if (flags.api !== undefined) add('--api', ['birdeye', 'api_base_url'], flags.api)
  if (flags.pipeline !== undefined) add('--pipeline', ['redis', 'pipeline'], flags.pipeline)
  return overrides
}
