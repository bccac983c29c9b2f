import { left, right } from 'fp-ts/lib/Either.js'
import type { NumberColumn } from '../schema/column.ts'
import { type Codec, codec, isString, problem } from './codec.ts'
import { numberColumn } from './column-codec.ts'
import { type Conversion, conversion, type FieldSide } from './conversion.ts'
import { type Decimal, parseDecimal, roundDecimal } from './decimal.ts'
import { currencyField, moneyText, otherCurrency, parseMoney, unknownCurrency } from './money-text.ts'
import type { ConversionProblem, Fields, FieldValue } from './value.ts'

/** A money column beside a field in `currency`: an amount in another one is held. */
const moneyColumn = (column: NumberColumn, currency: string): Codec<Decimal> => {
  const plain = numberColumn(column)
  return codec<Decimal, FieldValue>(
    'amount',
    isString,
    (wire) => {
      const money = parseMoney(wire) ?? { amount: String(wire), currency: unknownCurrency }
      const amount = parseDecimal(money.amount)
      if (amount === undefined)
        return left(problem('wrong-type', 'Dynamics 365 sent no amount: pull the schema again.'))
      return money.currency === currency ? right(amount) : left(otherCurrency(money.currency, currency))
    },
    (value) => moneyText(String(plain.type.encode(value)), currency),
    plain.fits,
  )
}

const rowWithout = (currency: string): ConversionProblem =>
  problem(
    'other-currency',
    `The row has no currency yet, the field holds ${currency}: set the currency of the row.`,
  )

/** Digits after the point of ActiveCampaign's hundredths. */
const digitsOfHundredths = 2

/**
 * Amounts in one currency. D365 keeps a currency per row, an ActiveCampaign field has its own for good, so an amount goes
 * over only where the two agree, and is never written into a row of another currency.
 */
export const moneyConversion = (
  column: NumberColumn,
  field: FieldSide<Decimal>,
  currency: string,
  places: number,
): Conversion => {
  const digits = Math.min(places, digitsOfHundredths)
  const same = conversion(moneyColumn(column, currency), field, {
    equals: (a, b) => roundDecimal(a, digits) === roundDecimal(b, digits),
  })
  return {
    ...same,
    toDynamics: (value: FieldValue, row?: Fields) => {
      const converted = same.toDynamics(value)
      const found = row?.[currencyField]
      if (!converted.ok || found === currency) return converted
      if (isString(found)) return otherCurrency(found, currency)
      return converted.value === null ? converted : rowWithout(currency)
    },
  }
}
