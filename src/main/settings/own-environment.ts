/** Variables that hold secrets. */
const SECRETS = ['SLUICE_REDIS_URL', 'SLUICE_API_KEYS'] as const

/**
 * The environment as it was given to us. From `env` itself the secrets are taken out: what we start from now on, or Electron starts
 * for us (the browser for a link, the file manager for an export), has no use for them.
 */
export function takeEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = { ...env }
  for (const name of SECRETS) delete env[name]
  return own
}
