import { BigNumber } from 'bignumber.js'

/**
 * Exact decimals for money and quantities, a constructor of our own so that no global setting is touched. Sums,
 * differences and products are exact; the 60 decimal places bound quotients only.
 */
export const Decimal = BigNumber.clone({ DECIMAL_PLACES: 60, ROUNDING_MODE: BigNumber.ROUND_HALF_EVEN })
export type Decimal = BigNumber

export const ZERO: Decimal = new Decimal(0)

/** Past any number that an API can mean; beyond it a short text such as 1e999999999 would cost gigabytes to write out. */
const MAX_EXPONENT = 400
const USD_DECIMALS = 18
const PRICE_DIGITS = 18
const FIGURE_DECIMALS = 4

/** Reads a JSON number's text without losing a digit; null for what is not a number or is beyond all reason. */
export function parseDecimal(text: string | null): Decimal | null {
  if (text === null || text.length > MAX_EXPONENT || !/^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text)) return null
  const value = new Decimal(text)
  return Math.abs(value.e ?? 0) <= MAX_EXPONENT ? value : null
}

/** The same, and null for what is not more than 0: a price of 0 is no price. */
export function parsePositive(text: string | null): Decimal | null {
  const value = parseDecimal(text)
  return value?.isGreaterThan(0) ? value : null
}

/** An amount in USD: plain decimal text, at most 18 decimals, half to even. */
export function usdText(amountUsd: Decimal): string {
  return plainText(amountUsd.decimalPlaces(USD_DECIMALS))
}

/** A quantity of tokens: plain decimal text with every digit. */
export function quantityText(quantity: Decimal): string {
  return plainText(quantity)
}

/** A price in USD per token: plain decimal text, 18 significant digits, half to even. */
export function unitPriceText(unitPriceUsd: Decimal): string {
  return plainText(unitPriceUsd.precision(PRICE_DIGITS))
}

/** A percentage or a number of minutes, where four decimals are plenty. */
export function roundFigure(value: Decimal): number {
  return value.decimalPlaces(FIGURE_DECIMALS).toNumber()
}

function plainText(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed() // a tiny loss rounds to "-0"
}
