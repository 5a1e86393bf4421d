/**
 * The text without what a terminal would obey: anybody may give a token a symbol that moves the cursor or sets the title. Line ends
 * and tabs stay.
 */
export function plainLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, '\uFFFD')
}
