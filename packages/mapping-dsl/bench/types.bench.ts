/**
 * How long the compiler needs for a definition of 300 mapped fields over a pulled schema of 300 fields per side,
 * beside the same file without the definition: what `defineSync` costs in an editor.
 */
import { resolve } from 'node:path'
import ts from 'typescript'
import { test } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const fieldCount = 300

const names = Array.from({ length: fieldCount }, (_, n) => n)
const columnTypes = ['column.text(100)', 'column.dateOnly()', "column.choice({ 1: 'Gold', 2: 'Silver' })"]
const fieldTypes = ['field.text()', 'field.date()', "field.dropdown(['Gold', 'Silver'])"]
const member = (name: string, types: readonly string[]) => (n: number) =>
  `${name}${n}: ${types[n % types.length]},`

const schemaCode = `
import { column, defineSync, extendSchema, field, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
export const schema = extendSchema(standardSchema, {
  dynamics: { contacts: { ${names.map(member('new_c', columnTypes)).join(' ')} } },
  activeCampaign: { contacts: { ${names.map(member('F', fieldTypes)).join(' ')} } },
})
export const used = [defineSync, map, standardMappings]
`
const definitionCode = `${schemaCode}
export const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    scope: { statecode: 'Active', new_c2: { in: ['Gold'] }, OR: [{ new_c0: { contains: 'x' } }] },
    fields: [...standardMappings.contacts, ${names.map((n) => `map('new_c${n}', 'F${n}')`).join(', ')}],
  },
})
`

const config = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile)
const options = { ...ts.parseJsonConfigFileContent(config.config, ts.sys, root).options, incremental: false }
const parsed = new Map<string, ts.SourceFile | undefined>()

/** Files of the library and its types are parsed once: an editor keeps them as well. */
const check = (code: string): ts.Program => {
  const file = resolve(import.meta.dirname, '__types.ts')
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile } = host
  host.fileExists = (name) => name === file || fileExists(name)
  host.getSourceFile = (name, language) => {
    if (name === file) return ts.createSourceFile(name, code, language)
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, language))
    return parsed.get(name)
  }
  const program = ts.createProgram([file], options, host)
  const found = program.getSemanticDiagnostics(program.getSourceFile(file))
  if (found.length > 0) throw new Error(ts.flattenDiagnosticMessageText(found[0]?.messageText ?? '', '\n'))
  return program
}

const instantiations = (code: string): number => check(code).getInstantiationCount()

test(`type-checking ${fieldCount} fields per side (${instantiations(definitionCode) - instantiations(schemaCode)} instantiations more)`, async ({
  bench,
}) => {
  await bench.compare(
    bench('the schema alone', () => {
      check(schemaCode)
    }),
    bench('the schema and a definition that maps all of it', () => {
      check(definitionCode)
    }),
    { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 },
  )
}, 300_000)
