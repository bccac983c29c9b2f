import { problem } from './codec.ts'
import type { ConversionProblem, FieldValue } from './value.ts'

/** Where a record keeps the ISO 4217 code of its row's amounts: the name of the column that `$expand` would bring. */
export const currencyField = 'transactioncurrencyid.isocurrencycode'

/** Stands for the currency of an amount whose row does not tell it. */
export const unknownCurrency = '?'

/** An amount as a record keeps it, such as `12.5 EUR`. */
export const moneyText = (amount: number | string, currency: string | undefined): string =>
  `${amount} ${currency ?? unknownCurrency}`

const moneyPattern = /^(\S+) ([A-Z]{3}|\?)$/

/** The two parts of such a text; `undefined` when it is none. */
export const parseMoney = (
  value: FieldValue,
): { readonly amount: string; readonly currency: string } | undefined => {
  const [, amount, currency] = (typeof value === 'string' && moneyPattern.exec(value)) || []
  return amount === undefined || currency === undefined ? undefined : { amount, currency }
}

/** An amount without its currency, for what looks at numbers only. */
export const bareAmount = (value: FieldValue): FieldValue => parseMoney(value)?.amount ?? value

/** An amount in one currency where another one belongs. */
export const otherCurrency = (found: string, wanted: string): ConversionProblem =>
  problem(
    'other-currency',
    found === unknownCurrency
      ? `The currency of the row is not known, the field holds ${wanted}: amounts are not guessed.`
      : `The amount is in ${found}, the field holds ${wanted}: amounts are not converted.`,
  )
