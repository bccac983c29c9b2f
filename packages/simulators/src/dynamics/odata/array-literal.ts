import { badQuery } from '../dataverse-error.ts'

type Item = string | number | boolean | null

const missingComma =
  "Invalid JSON. A comma character ',' was expected in scope 'Array'. Every two elements in an array and properties of an object must be separated by commas."

/**
 * The arrays of query functions: JSON, whose items may also stand in single quotes. A quote inside a single-quoted
 * item ends it, doubled or not; such values need double quotes.
 */
export function parseArrayLiteral(source: string): readonly Item[] {
  const text = source.trim()
  if (!text.startsWith('[')) throw badQuery(`Invalid JSON. An array was expected in '${source}'.`)
  const items: Item[] = []
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,\]"']+))\s*/y
  let at = 1
  while (!/^\s*\]/.test(text.slice(at))) {
    if (items.length > 0) {
      if (text.charAt(at) !== ',') throw badQuery(missingComma)
      at += 1
    }
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null) throw badQuery(missingComma)
    at = pattern.lastIndex
    const [, double, single, bare] = match
    if (double !== undefined) items.push(unescaped(double))
    else if (single !== undefined) items.push(single)
    else items.push(scalar(bare ?? ''))
  }
  return items
}

const unescaped = (text: string): string => {
  const value: unknown = JSON.parse(`"${text}"`)
  return typeof value === 'string' ? value : text
}

const scalar = (text: string): Item => {
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null') return null
  const number = Number(text)
  return Number.isNaN(number) ? text : number
}
