import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { checkSnippets, samplesOf } from '../../../scripts/check-examples.ts'

const guide = 'docs/clients/activecampaign.md'
const root = resolve(import.meta.dirname, '../../..')
const source = resolve(import.meta.dirname, '../src')

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(source, name), 'utf8'))

/** How the client names each class: `readonly contactTags: ContactTags`. */
const client = readFileSync(join(source, 'client.ts'), 'utf8')
const nameOf = new Map(
  [...client.matchAll(/readonly (\w+): ([A-Z]\w+)[\n;} ]/g)].map(([, name = '', type = '']) => [
    type,
    ['schemas', 'records'].includes(name) ? `customObjects.${name}` : name,
  ]),
)

const documented = /\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\s+(?:async )?\*?(\w+)(?:<[^>]*>)?\(/g

/** Endpoints and calls of a method, as its doc comment says. */
function rowOf(owner: string, comment: string, method: string): string | undefined {
  const prose = comment.replaceAll(/\n\s*\* ?/g, '\n')
  const said = /Endpoint: ([\s\S]*?)\.?\n\n/.exec(`${prose}\n\n`)?.[1]?.replaceAll('\n', ' ')
  const parts = said === undefined ? undefined : /^(.*?)[,:] ((?:one|two) .*)$/.exec(said)
  if (parts === undefined || parts === null) return undefined
  const [calls] = (parts[2] ?? '').split('. ')
  return `| \`${owner}${method}\` | ${parts[1]} | ${calls} |`
}

const rows = files.flatMap((file) => {
  const owner = nameOf.get(/export class (\w+)/.exec(file)?.[1] ?? '')
  const isClient = file.includes('export interface ActiveCampaignClient {')
  if (owner === undefined && !isClient) return []
  const prefix = owner === undefined ? '' : `${owner}.`
  return [...file.matchAll(documented)].flatMap(
    ([, comment = '', method = '']) => rowOf(prefix, comment, method) ?? [],
  )
})

test('every public method tells its endpoint and its calls', () => {
  const methods = files.flatMap((file) =>
    /export class (?!ActiveCampaignError)/.test(file)
      ? [...file.matchAll(/^ {2}(?:async )?\*?(?!constructor)(\w+)(?:<[^>]*>)?\(/gm)].map(([, name]) => name)
      : [],
  )
  expect(methods.length).toBeGreaterThan(100)
  expect(rows).toHaveLength(methods.length + 3)
})

test('every public method has an example', () => {
  const without = files.flatMap((file) => {
    const [, body] = /export class (?!ActiveCampaignError)([\s\S]*)/.exec(file) ?? []
    return [...(body ?? '').matchAll(documented)].flatMap(([, comment = '', method = '']) =>
      comment.includes('@example') ? [] : [method],
    )
  })
  expect(without).toEqual([])
})

test('the table of the guide says what the source says', () => {
  const [, text = ''] = readFileSync(join(root, guide), 'utf8').split('## Methods')
  const table = text
    .split('\n')
    .flatMap((line) => (/^\| `[\w.]+` +\|/.test(line) ? [line.replaceAll(/ +\|/g, ' |')] : []))
  expect(table).toEqual(rows.toSorted((a, b) => a.localeCompare(b)))
})

test('every sample of the guide compiles', () => {
  expect(checkSnippets('activecampaign-client', samplesOf(guide))).toEqual([])
}, 60_000)
