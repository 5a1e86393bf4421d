/** Whether an amount is won or lost: told by colour as well as by its sign. Nothing, and not known, are neither. */
export function moneyTone(amount: number): 'gain' | 'loss' | undefined {
  if (amount > 0) return 'gain'
  return amount < 0 ? 'loss' : undefined
}
