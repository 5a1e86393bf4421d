import { OperatorRefused } from '../operator/ports'
import { CommandRefused } from './command-gate'

/** What the operator or the disk refuses in words is for the person; every other error is a mistake of ours. */
export async function inWords<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    const isForPerson = error instanceof OperatorRefused || (error instanceof Error && /^(Export|Import)(Failed|Refused)$/.test(error.name))
    throw isForPerson ? new CommandRefused(error.message) : error
  }
}
