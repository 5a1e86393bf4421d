import { commandForThisSystem, installOrGiveUp, onPath } from './programs.mjs'

/**
 * Makes sure that there is a Redis to work with: a configured one, or a server program for a private one.
 * @param {readonly string[]} [args] of the command, in which one may be configured
 */
export async function ensureRedis(args = []) {
  const isConfigured = args.some((arg) => /^--(redis|config)(=|$)/.test(arg))
  if (isConfigured || process.env['SLUICE_REDIS_URL'] || onPath('redis-server', 'valkey-server')) return
  const command = commandForThisSystem({
    brew: 'brew install redis',
    apt: 'sudo apt-get install redis-server',
    winget: 'winget install Memurai.MemuraiDeveloper, then set SLUICE_REDIS_URL=redis://127.0.0.1:6379',
    other: 'docker run -d -p 6379:6379 redis:7 --appendonly yes, then set SLUICE_REDIS_URL=redis://127.0.0.1:6379',
  })
  await installOrGiveUp('redis-server', `Sluice needs Redis 6.2 or newer, or Valkey, and none was found. Run: ${command}`)
}
