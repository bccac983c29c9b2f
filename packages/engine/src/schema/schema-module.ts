import type { Schema } from '@dynacamp/mapping-dsl'
import { byName } from './by-name.ts'

const header = `// The schema of two environments, made by \`pullSchema\` of @dynacamp/engine. Pull again instead of editing.
// biome-ignore-all format: generated
/* eslint-disable */
import { defineSchema } from '@dynacamp/mapping-dsl'

// prettier-ignore
export const schema = defineSchema(`

/**
 * Controls, invisible and direction-changing characters: a reader of the module must see them, and the compiler takes
 * some of them for line ends.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

const escapeUnits = (text: string): string => text.replaceAll(/[\s\S]/g, escaped)

/** A string as source code. Labels and names are strangers' text, and this is the only way in. */
const quote = (text: string): string => JSON.stringify(text).replaceAll(unseen, escapeUnits)

const key = (name: string): string => {
  // As a plain key it would set the prototype instead of a property.
  if (name === '__proto__') return '["__proto__"]'
  return /^[A-Za-z_]\w*$/.test(name) || /^(0|[1-9]\d{0,14})$/.test(name) ? name : quote(name)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, member]) => member !== undefined)

/** A value on one line: what changes in a field is one line of a diff. */
const inline = (value: unknown): string => {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = entriesOf(value).map(([name, member]) => `${key(name)}: ${inline(member)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** An object with a line per member, `depth` levels deep. */
const block = (value: unknown, depth: number, indent: string): string => {
  if (depth === 0 || !isObject(value)) return inline(value)
  const inner = `${indent}  `
  const lines = entriesOf(value)
    .toSorted(byName)
    .map(([name, member]) => `${inner}${key(name)}: ${block(member, depth - 1, inner)},\n`)
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`
}

/**
 * A schema as the text of a TypeScript module that exports it under the name `schema`, typed to the last option. The same
 * schema gives the same text: names are sorted, each column and field has one line, and there is no date in it.
 *
 * @example
 * import { schemaModule } from '@dynacamp/engine'
 * import { standardSchema } from '@dynacamp/mapping-dsl'
 *
 * console.log(schemaModule(standardSchema).split('\n').length)
 */
export const schemaModule = ({ dynamics, activeCampaign }: Schema): string => {
  const { objects, ...places } = activeCampaign
  const sides = [
    `  dynamics: ${block(dynamics, 2, '  ')},`,
    `  activeCampaign: {`,
    ...entriesOf(places)
      .toSorted(byName)
      .map(([name, fields]) => `    ${key(name)}: ${block(fields, 1, '    ')},`),
    ...(objects === undefined ? [] : [`    objects: ${block(objects, 2, '    ')},`]),
    '  },',
  ]
  return `${header}{\n${sides.join('\n')}\n})\n`
}
