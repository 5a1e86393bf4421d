import envPaths from 'env-paths'

/** The folder of everything that Sluice keeps outside Redis, and of its private Redis; the same with and without a window. */
export function userDataDir(env: NodeJS.ProcessEnv): string {
  return env['SLUICE_USER_DATA_DIR'] || envPaths('Sluice', { suffix: '' }).data
}
