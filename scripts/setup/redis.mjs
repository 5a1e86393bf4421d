import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findRedisServer, howToHaveRedis } from '../../src/main/redis/server-program.mjs'
import { installOrGiveUp } from './programs.mjs'

/**
 * Makes sure that there is a Redis to work with: a configured one, or a server program for a private one. Call it when the
 * dependencies are installed.
 * @param {readonly string[]} [args] of the command, in which one may be configured
 */
export async function ensureRedis(args = []) {
  const path = process.env['PATH'] ?? ''
  if (findRedisServer(path, process.platform) !== null || (await isRedisConfigured(args, process.env))) return
  const otherwise = `Sluice needs Redis 6.2 or newer, or Valkey, and none was found. ${howToHaveRedis(path, process.platform)}`
  await installOrGiveUp('redis-server', otherwise)
}

/**
 * Whether flags, environment or settings file name a Redis, as the app reads them. True for a file that cannot be read: the
 * app says what is wrong with it.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export async function isRedisConfigured(args, env) {
  const options = /** @type {const} */ ({ redis: { type: 'string' }, config: { type: 'string' } })
  const { redis, config } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true }).values
  if (redis !== undefined || env['SLUICE_REDIS_URL']) return true
  if (typeof config !== 'string') return false
  // Not at the top: this module is loaded before the dependencies are installed.
  const { parse } = await import('smol-toml')
  try {
    const tables = /** @type {{ redis?: { url?: unknown } }} */ (parse(readFileSync(config, 'utf8').replace(/^\uFEFF/, '')))
    return tables.redis?.url !== undefined
  } catch {
    return true
  }
}

/**
 * Whether this command of the command line works with Redis.
 * @param {readonly string[]} args
 */
export function needsRedis(args) {
  const [command] = args.filter((arg) => !arg.startsWith('-'))
  const onlySays = ['--help', '-h', '--dry-run'].some((flag) => args.includes(flag))
  return command !== undefined && !['help', 'simulate'].includes(command) && !onlySays
}
