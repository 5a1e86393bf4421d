/** The classes of errors that the language throws at a programmer's mistake. */
const MISTAKES = [TypeError, ReferenceError, RangeError, SyntaxError]

/** Whether the message says all that a person needs: everything but a mistake in the program itself. */
export function isExpected(error: unknown): error is Error {
  return error instanceof Error && !MISTAKES.some((mistake) => error instanceof mistake)
}
