/**
 * The text with U+FFFD in place of halves of characters (lone surrogates), which come of texts that are cut or sent so. JSON can say
 * them, but they are no text to UTF-8, and Redis' JSON reader refuses the whole of what holds one.
 */
export function wholeCharacters(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
