import { rename, rm, writeFile } from 'node:fs/promises'
import type { ConnectionDesk } from '../operator/connection-port'
import { CommandRefused, type CommandHandlers } from './command-gate'

/** What the desktop does for a settings file. */
export interface SettingsFileDesk {
  /** Asks for a file. Answers its absolute path, null when the person dismissed the question. */
  chooseSettingsFile(suggestedName: string): Promise<string | null>
}

type ConnectionCommands = Pick<
  CommandHandlers,
  'connections:read' | 'connections:test-redis' | 'connections:test-key' | 'connections:save' | 'connections:take-toml' | 'connections:write-toml'
>

/** The commands of the connections view. No answer holds a secret. */
export function connectionCommands(desk: ConnectionDesk, { chooseSettingsFile }: SettingsFileDesk): ConnectionCommands {
  return {
    'connections:read': () => desk.report(),
    'connections:test-redis': (draft) => desk.testRedis(draft),
    'connections:test-key': (trial) => desk.testKey(trial),
    'connections:save': (draft) => desk.save(draft),
    'connections:take-toml': (text) => desk.importToml(text),
    'connections:write-toml': async () => {
      const file = await chooseSettingsFile('sluice.toml')
      if (file === null) return null
      await written(file, desk.toml())
      return file
    },
  }
}

/** Beside it first: what fails leaves no half file, and the older one as it was. */
async function written(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`
  try {
    await writeFile(draft, text, { mode: 0o600 })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw new CommandRefused(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}
