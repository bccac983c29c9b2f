import type { z } from 'zod'
import { DataFileError } from './data-file-error.ts'
import { readText } from './read-text.ts'
import type { ActiveCampaignData, ContactFieldValue, DynamicsData } from './rows.ts'
import { activeCampaignRowShapes, besideShapes, dynamicsRowShapes } from './shapes.ts'

/**
 * Reads rows for the Dynamics simulator: `{ "contacts": [...], "leads": [...], "accounts": [...],
 * "opportunities": [...] }`, each row as the Dataverse Web API returns it; a list may be left out.
 * Throws {@link DataFileError} for the first thing that is wrong; then nothing is loaded.
 *
 * @example
 * ```ts
 * import { readDynamicsFile } from '@dynacamp/simulators'
 *
 * const { contacts } = await readDynamicsFile('dynamics.json')
 * ```
 */
export async function readDynamicsFile(path: string): Promise<DynamicsData> {
  const file = new DataFile(path, parseJson(await readText(path), path), Object.keys(dynamicsRowShapes))
  return {
    contacts: file.rows('contacts', dynamicsRowShapes.contacts, 'contactid'),
    leads: file.rows('leads', dynamicsRowShapes.leads, 'leadid'),
    accounts: file.rows('accounts', dynamicsRowShapes.accounts, 'accountid'),
    opportunities: file.rows('opportunities', dynamicsRowShapes.opportunities, 'opportunityid'),
    columns: file.rows('columns', dynamicsRowShapes.columns),
  }
}

/**
 * Reads rows for the ActiveCampaign simulator: `{ "contacts": [...], "accounts": [...] }`, rows as `/contacts`
 * and `/accounts` return them, contacts with an optional `fieldValues` list and an optional list of tag names. An answer
 * of the API will do as it is: `fieldValues` and `fieldOptions` beside the rows are joined to them, `meta` and the like
 * are ignored.
 * Throws {@link DataFileError} for the first thing that is wrong; then nothing is loaded.
 *
 * @example
 * ```ts
 * import { readActiveCampaignFile } from '@dynacamp/simulators'
 *
 * const { contacts } = await readActiveCampaignFile('activecampaign.json')
 * ```
 */
export async function readActiveCampaignFile(path: string): Promise<ActiveCampaignData> {
  const content = parseJson(await readText(path), path)
  const file = new DataFile(path, content, Object.keys(activeCampaignRowShapes), besideRows)
  const values = new Map<string, ContactFieldValue[]>()
  for (const { contact, field, value } of file.rows('fieldValues', besideShapes.fieldValues)) {
    const id = String(contact)
    values.set(id, [...(values.get(id) ?? []), { field, value }])
  }
  const options = new Map(
    file.rows('fieldOptions', besideShapes.fieldOptions).map(({ id, value }) => [String(id), value]),
  )
  return {
    contacts: file.rows('contacts', activeCampaignRowShapes.contacts, 'id', 'email').map((contact) => {
      const own = values.get(String(contact.id))
      return own === undefined
        ? contact
        : { ...contact, fieldValues: [...(contact.fieldValues ?? []), ...own] }
    }),
    accounts: file.rows('accounts', activeCampaignRowShapes.accounts, 'id'),
    fields: file.rows('fields', activeCampaignRowShapes.fields, 'id').map((field) => {
      const texts = field.options?.map((option) => options.get(option) ?? option)
      return texts === undefined ? field : { ...field, options: texts }
    }),
  }
}

/** What ActiveCampaign sends beside the rows of `/contacts`, `/accounts` and `/fields`, with and without `include`. */
const besideRows = [
  'meta',
  'fieldValues',
  'fieldOptions',
  'fieldRels',
  'scoreValues',
  'accountContacts',
  'automationEntryCounts',
  'bounceLogs',
  'contactAutomations',
  'contactData',
  'contactDeals',
  'contactGoals',
  'contactLists',
  'contactLogs',
  'contactTags',
  'deals',
  'geoIps',
  'notes',
  'tags',
  'trackingLogs',
]

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DataFileError('syntax', file, `this is not JSON (${reason})`)
  }
}

/** A parsed file of named lists of rows, checked as they are taken out. */
class DataFile {
  readonly #file: string
  readonly #lists: ReadonlyMap<string, unknown>

  constructor(file: string, content: unknown, known: readonly string[], beside: readonly string[] = []) {
    this.#file = file
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      throw this.#wrong(`expected an object with the lists ${known.join(', ')}`)
    }
    const lists = Object.entries(content).filter(([name]) => !name.startsWith('@'))
    if (lists.some(([name]) => name === 'value')) {
      const advice = `name that list what its rows are: ${known.join(', ')}`
      throw this.#wrong(`has its rows under "value", as an answer of Dataverse does; ${advice}`)
    }
    const unknown = lists.find(([name]) => !known.includes(name) && !beside.includes(name))
    if (unknown) throw this.#wrong(`unknown list "${unknown[0]}"; known are ${known.join(', ')}`)
    if (!lists.some(([name]) => known.includes(name)))
      throw this.#wrong(`holds none of the lists ${known.join(', ')}`)
    this.#lists = new Map(lists)
  }

  rows<Row>(list: string, shape: z.ZodType<Row>, ...uniqueKeys: readonly (keyof Row & string)[]): Row[] {
    const rows = this.#lists.get(list) ?? []
    if (!Array.isArray(rows)) throw this.#wrong('is not a list of rows', list)
    const seen = new Map<string, number>()
    return rows.map((row: unknown, index) => {
      const at = `${list} row ${index + 1}`
      if (typeof row === 'object' && row !== null && Object.hasOwn(row, '__proto__')) {
        throw this.#wrong('__proto__ is no name', at)
      }
      const checked = shape.safeParse(row)
      if (!checked.success) throw this.#wrong(firstProblem(checked.error), at)
      for (const key of uniqueKeys) {
        const value = checked.data[key]
        if (value === undefined || value === null || value === '') continue
        const same = `${key} ${String(value).toLowerCase()}`
        const earlier = seen.get(same)
        if (earlier !== undefined) throw this.#wrong(`${key} is the same as in row ${earlier}`, at)
        seen.set(same, index + 1)
      }
      return checked.data
    })
  }

  #wrong(problem: string, row?: string): DataFileError {
    return new DataFileError('shape', this.#file, problem, row)
  }
}

function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'is not a row'
  const path = issue.path.map(String).join('.')
  return path === '' ? issue.message : `${path} ${issue.message}`
}
