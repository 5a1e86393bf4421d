import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { RedisUnusable } from './problems'

const SERVERS = ['redis-server', 'valkey-server']

/** The server program on the PATH, Redis before Valkey. Throws RedisUnusable with the command that installs one. */
export function findRedisServer(pathVariable: string, platform: NodeJS.Platform): string {
  for (const name of SERVERS) {
    for (const folder of pathVariable.split(delimiter)) {
      const file = join(folder, name)
      if (folder && isExecutable(file)) return file
    }
  }
  throw new RedisUnusable(
    `No redis-server or valkey-server is on the PATH, and no Redis is configured. ${howToInstall(platform, pathVariable)}, or set SLUICE_REDIS_URL to a Redis that runs.`,
  )
}

function howToInstall(platform: NodeJS.Platform, pathVariable: string): string {
  const has = (program: string) => pathVariable.split(delimiter).some((folder) => isExecutable(join(folder, program)))
  if (platform === 'darwin') return 'Install it: brew install redis'
  if (platform === 'win32') {
    return 'Install Memurai (winget install Memurai.MemuraiDeveloper) and set SLUICE_REDIS_URL=redis://127.0.0.1:6379'
  }
  if (has('apt-get')) return 'Install it: sudo apt-get install redis-server'
  if (has('dnf')) return 'Install it: sudo dnf install redis'
  if (has('pacman')) return 'Install it: sudo pacman -S valkey'
  if (has('docker')) return 'Run one: docker run -d -p 6379:6379 redis:7 --appendonly yes, with SLUICE_REDIS_URL=redis://127.0.0.1:6379'
  return 'Install Redis 6.2 or newer'
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
