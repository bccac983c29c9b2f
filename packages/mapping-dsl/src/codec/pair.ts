import { isLeft } from 'fp-ts/lib/Either.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import type { Column } from '../schema/column.ts'
import type { Place } from '../schema/entity.ts'
import type { Field } from '../schema/field.ts'
import { type BoundTransform, transformCodec } from '../transform/apply-transforms.ts'
import { transformed } from '../transform/transformed.ts'
import { type Codec, pipeCodecs, sortedLabels, write } from './codec.ts'
import {
  bigIntColumn,
  booleanColumn,
  dayColumn,
  emailColumn,
  instantColumn,
  numberColumn,
  optionColumn,
  optionsColumn,
  precisionOf,
  referenceColumn,
  textColumn,
} from './column-codec.ts'
import { compatible } from './compatibility.ts'
import { type Conversion, conversion, oneWay } from './conversion.ts'
import { roundDecimal } from './decimal.ts'
import { blankIn, holdsMany, multiField, singleField } from './field-codec.ts'
import { dayOfInstantText, joinedText, oneLineText } from './lossy-text.ts'
import { moneyConversion } from './money.ts'
import {
  booleanText,
  dayText,
  decimalText,
  emailText,
  fold,
  instantText,
  labelsText,
  labelText,
  onlyLabel,
  plainText,
} from './text-codecs.ts'
import type { Converted } from './value.ts'

/** The value's own sense of sameness; each line is an equivalence of the compatibility matrix. */
const eqBy = <D>(key: (value: D) => string | number | boolean): Eq<D> => ({
  equals: (a, b) => key(a) === key(b),
})

const eqText = eqBy((text: string) => text.replaceAll('\r\n', '\n').trim())
/** An option is written as the field has it, whatever the case of the text. */
const eqOption = eqBy(fold)
const eqOneLine = eqBy((text: string) => text.replaceAll(/\s+/g, ' ').trim())
const eqEmail = eqBy((text: string) => text.trim().toLowerCase())
const eqPhone = eqBy((text: string) => text.replaceAll(/[\s().\-/]/g, ''))
const eqSame = <D extends string | number | boolean>() => eqBy<D>((value) => value)
const eqLabels = eqBy((labels: readonly string[]) => JSON.stringify(sortedLabels(labels)))
const eqSecond = eqBy((instant: number) => Math.floor(instant / 1000))
const eqDay = eqBy((instant: number) => Math.floor(instant / 86_400_000))

/** Explicit names for options: D365 label to ActiveCampaign option. */
type ChoiceTable = Readonly<Record<string, string>>

interface Pair {
  readonly column: Column
  readonly field: Field
  readonly place: Place
  readonly table: ChoiceTable
  readonly via: readonly BoundTransform[]
}

const build = ({ column, field, place, table, via }: Pair): Conversion => {
  const single =
    via.length === 0 ? singleField(field, place) : pipeCodecs(singleField(field, place), transformCodec(via))
  const isEmpty = blankIn(field)
  const carried = <D>(text: Codec<D, string>) => ({ codec: pipeCodecs(single, text), isEmpty })
  switch (column.type) {
    case 'text':
    case 'url':
      return conversion(
        textColumn(column),
        carried(plainText),
        field.type === 'dropdown' || field.type === 'radio' ? eqOption : eqText,
      )
    case 'memo':
      return field.type === 'textarea'
        ? conversion(textColumn(column), carried(plainText), eqText)
        : conversion(textColumn(column), carried(oneLineText), eqOneLine)
    case 'phone':
      return conversion(textColumn(column), carried(plainText), eqPhone)
    case 'email':
      return conversion(emailColumn(column), carried(emailText), eqEmail)
    case 'wholeNumber':
    case 'decimal':
    case 'float':
    case 'money': {
      const places = precisionOf(column)
      if (column.type === 'money' && field.type === 'currency')
        return moneyConversion(column, carried(decimalText), field.currency, places)
      return conversion(
        numberColumn(column),
        carried(decimalText),
        eqBy((value) => roundDecimal(value, places)),
      )
    }
    case 'bigInt':
      return conversion(bigIntColumn, carried(decimalText), eqSame<string>())
    case 'boolean':
      return conversion(
        booleanColumn(column),
        carried(booleanText(tableLabels(column.labels, table))),
        eqSame<boolean>(),
      )
    case 'choice':
    case 'state':
    case 'status': {
      const label = labelText(Object.values(column.options), table)
      const side = holdsMany(field)
        ? { codec: pipeCodecs(multiField(field, place), onlyLabel(label)), isEmpty }
        : carried(label)
      return conversion(optionColumn(column.options), side, eqSame<string>())
    }
    case 'choices': {
      const labels = labelsText(labelText(Object.values(column.options), table))
      return conversion(
        optionsColumn(column.options),
        holdsMany(field)
          ? { codec: pipeCodecs(multiField(field, place), labels), isEmpty }
          : carried(joinedText(labels)),
        eqLabels,
      )
    }
    case 'dateOnly':
      return conversion(dayColumn, carried(dayText), eqSame<string>())
    case 'dateTime':
      return field.type === 'date'
        ? conversion(instantColumn, carried(dayOfInstantText), eqDay)
        : conversion(instantColumn, carried(instantText), eqSecond)
    case 'lookup':
    case 'owner':
    case 'uniqueId':
      return conversion(referenceColumn, carried(plainText), eqText)
  }
}

const tableLabels = (labels: { readonly true: string; readonly false: string }, table: ChoiceTable) => ({
  true: Object.hasOwn(table, labels.true) ? (table[labels.true] ?? labels.true) : labels.true,
  false: Object.hasOwn(table, labels.false) ? (table[labels.false] ?? labels.false) : labels.false,
})

/** How a mapping changes values on their way. */
export interface PairOptions {
  readonly table?: ChoiceTable
  readonly via?: readonly BoundTransform[]
}

/** The conversion between a column and a field, or `undefined` when their types cannot be mapped. */
export const pairConversion = (
  column: Column,
  field: Field,
  place: Place,
  { table = {}, via = [] }: PairOptions = {},
): Conversion | undefined => {
  const cell = compatible(column.type, field.type)
  if (cell === undefined) return undefined
  const plain = build({ column, field, place, table, via: [] })
  const written = (text: string): Converted => {
    const result = write(singleField(field, place), text)
    return isLeft(result) ? result.left : { ok: true, value: result.right }
  }
  const both =
    via.length === 0 ? plain : transformed(plain, build({ column, field, place, table, via }), via, written)
  return cell.flow === 'bidirectional' ? both : oneWay(both, cell.flow)
}
