import { type Call, isObject } from '../call.ts'
import { badQuery } from '../dataverse-error.ts'
import { parseArrayLiteral } from '../odata/array-literal.ts'
import { splitOutside } from '../odata/url.ts'

/** Text of a function parameter, aliases followed: `EntityNames=@p` with `@p=['account']`. */
function parameterText(call: Call, key: string | undefined, name: string): string {
  for (const part of splitOutside(key ?? '', ',')) {
    const equals = part.indexOf('=')
    if (part.slice(0, equals).trim() !== name) continue
    const value = part.slice(equals + 1).trim()
    return value.startsWith('@') ? (call.options[value] ?? '') : value
  }
  throw badQuery(`The function parameter '${name}' is missing.`)
}

/** A parameter that is a text in quotes, or a GUID without. */
export const textParameter = (call: Call, key: string | undefined, name: string): string =>
  parameterText(call, key, name)
    .replace(/^'(.*)'$/, '$1')
    .replaceAll("''", "'")

/** A parameter that is a list of texts. */
export const listParameter = (call: Call, key: string | undefined, name: string): readonly string[] =>
  parseArrayLiteral(parameterText(call, key, name)).map(String)

/** A parameter that refers to a row: `{'@odata.id':'contacts(<id>)'}`. */
export function referenceParameter(call: Call, key: string | undefined, name: string): string {
  const text = parameterText(call, key, name)
  let value: unknown
  try {
    value = JSON.parse(text.replaceAll("'", '"'))
  } catch {
    throw badQuery(`The function parameter '${name}' is not valid JSON.`)
  }
  const id = isObject(value) ? value['@odata.id'] : undefined
  if (typeof id !== 'string') throw badQuery(`The function parameter '${name}' needs an @odata.id.`)
  return id
}
