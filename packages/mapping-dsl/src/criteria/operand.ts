import { read } from '../codec/codec.ts'
import { dayText, instantText } from '../codec/text-codecs.ts'
import type { Operand } from './criterion.ts'
import { families, type Subject } from './family.ts'

/** An operand, or what is wrong with it and what would be right. */
export type ReadOperand =
  | { readonly ok: true; readonly operand: Operand }
  | { readonly ok: false; readonly message: string; readonly candidates?: readonly string[] }

const good = (value: Operand['value'], shown: string = String(value)): ReadOperand => ({
  ok: true,
  operand: { value, shown },
})

const bad = (message: string, candidates?: readonly string[]): ReadOperand => ({
  ok: false,
  message,
  ...(candidates === undefined ? {} : { candidates }),
})

/** The options of a subject by label: D365 compares numbers, ActiveCampaign the labels themselves. */
const optionsOf = (subject: Subject): ReadonlyMap<string, string | number> | undefined => {
  if (!('options' in subject) || subject.options === undefined) return undefined
  return Array.isArray(subject.options)
    ? new Map(subject.options.map((label: string) => [label, label]))
    : new Map(Object.entries(subject.options).map(([value, label]) => [label, Number(value)]))
}

const option = (subject: Subject, raw: unknown): ReadOperand => {
  const options = optionsOf(subject)
  if (typeof raw !== 'string') return bad('expects the label of an option')
  if (options === undefined) return good(raw, `“${raw}”`)
  const value = options.get(raw)
  return value === undefined
    ? bad(`has no option \`${raw.slice(0, 60)}\``, [...options.keys()])
    : good(value, `“${raw}”`)
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads one value of a condition, as its subject's type wants it. */
export const readOperand = (subject: Subject, raw: unknown): ReadOperand => {
  switch (families[subject.type]) {
    case 'text':
      if (typeof raw !== 'string') return bad('expects a text')
      return raw.trim() === ''
        ? bad('cannot be compared with an empty text: say `isSet: false`')
        : good(raw, `“${raw}”`)
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) ? good(raw) : bad('expects a number')
    case 'boolean':
      return typeof raw === 'boolean' ? good(raw, raw ? 'yes' : 'no') : bad('expects true or false')
    case 'option':
    case 'options':
      return option(subject, raw)
    case 'day': {
      const day = typeof raw === 'string' && raw.length === 10 ? read(dayText, raw) : undefined
      return day?._tag === 'Right' ? good(day.right) : bad('expects a date, YYYY-MM-DD')
    }
    case 'instant': {
      const instant = typeof raw === 'string' ? read(instantText, raw) : undefined
      return instant?._tag === 'Right'
        ? good(instant.right, instantText.type.encode(instant.right))
        : bad('expects a date and time with an offset, such as 2026-11-23T10:00:00Z')
    }
    case 'reference':
    case 'id':
      return typeof raw === 'string' && guid.test(raw) ? good(raw.toLowerCase()) : bad('expects an id (GUID)')
  }
}
