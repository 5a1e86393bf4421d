import { ipcMain } from 'electron'
import { commandSchemas, type CommandName } from '../../shared/ipc-contract'
import { answerCommand, type CommandHandlers, type Log } from './command-gate'

/**
 * Opens the channel of every command of the contract, and no other. To be called once, before the page is loaded. The
 * handlers are asked for at each command: the console behind them may have been replaced.
 */
export function handleCommands(handlers: () => CommandHandlers, log: Log): void {
  // Object.keys answers plain strings.
  for (const name of Object.keys(commandSchemas) as CommandName[]) {
    ipcMain.handle(name, (event, ...payload: unknown[]) => answerCommand(name, handlers(), event, payload, log))
  }
}
