import {
  commandSchemas,
  type CommandArguments,
  type CommandName,
  type CommandReply,
  type CommandResults,
} from '../../shared/ipc-contract'
import { APP_ORIGIN } from './app-protocol'

/** What is done for each command of the contract. */
export type CommandHandlers = {
  readonly [C in CommandName]: (...args: CommandArguments<C>) => CommandResults[C] | Promise<CommandResults[C]>
}

/** Thrown by a handler that cannot do what was asked. The message is for the person: why, and what to do next. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
}

/** Who sent a command: the part of Electron's `IpcMainInvokeEvent` that decides. */
export interface CommandSender {
  /** Null when the frame has gone since. */
  readonly senderFrame: { readonly origin: string } | null
  readonly sender: { readonly mainFrame: object }
}

export type Log = (line: string) => void

/** Of what is wrong with a payload: a list of thousands would be an issue each. */
const TOLD_ISSUES = 3
const TOLD_CHARACTERS = 200

/**
 * 1. Checks the sender: the top frame of a page of ours, nothing else.
 * 2. Checks the payload against the contract.
 * 3. Runs the handler and turns what it throws into words.
 * Never rejects: each refusal is a reply, and what no person can mend is logged as well.
 */
export async function answerCommand<C extends CommandName>(
  name: C,
  handlers: CommandHandlers,
  sender: CommandSender,
  payload: readonly unknown[],
  log: Log,
): Promise<CommandReply<C>> {
  if (!isOurPage(sender)) {
    log(`The command ${name} was refused: it came from ${sender.senderFrame?.origin ?? 'a frame that has gone'}`)
    return { ok: false, message: 'Only the window of Sluice may give commands.' }
  }
  const parsed = commandSchemas[name].safeParse(payload)
  if (!parsed.success) {
    const { issues } = parsed.error
    const more = issues.length > TOLD_ISSUES ? `; and ${issues.length - TOLD_ISSUES} more` : ''
    const message = `The command ${name} was refused: ${issues.slice(0, TOLD_ISSUES).map((issue) => issue.message.slice(0, TOLD_CHARACTERS)).join('; ')}${more}`
    log(message)
    return { ok: false, message }
  }
  try {
    // The schema of this very name made the arguments, but TypeScript does not follow one name through two tables.
    return { ok: true, value: await handlers[name](...(parsed.data as CommandArguments<C>)) }
  } catch (error) {
    if (error instanceof CommandRefused) return { ok: false, message: error.message }
    log(`The command ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return { ok: false, message: 'Sluice made a mistake here and could not do this. The terminal it runs in says more.' }
  }
}

function isOurPage({ senderFrame, sender }: CommandSender): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === APP_ORIGIN
}
