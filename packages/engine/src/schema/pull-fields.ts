import { type ActiveCampaignClient, isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { type Field, type FieldSet, type Schema, standardSchema } from '@dynacamp/mapping-dsl'
import { byName } from './by-name.ts'
import type { SchemaProblem } from './schema-problem.ts'
import { type FieldInfo, toField } from './to-field.ts'

/** The ActiveCampaign half of a pulled schema. */
export interface PulledFields {
  readonly fields: Schema['activeCampaign']
  readonly problems: readonly SchemaProblem[]
}

/** Puts the fields of one place together, and says of each that is left out why. */
const fieldSet = (
  place: string,
  standard: FieldSet,
  infos: readonly FieldInfo[],
  problems: SchemaProblem[],
): FieldSet => {
  const fields = new Map<string, Field>(Object.entries(standard))
  const refuse = (where: string, problem: Pick<SchemaProblem, 'code' | 'message'>): void => {
    problems.push({ side: 'activeCampaign', where, ...problem })
  }
  for (const info of infos) {
    const where = `${place}.${info.name}`
    const read = toField(info)
    if (info.name === '') {
      const message = `the field ${JSON.stringify(info.label)} has no personalisation tag to be named by`
      refuse(place, { code: 'no-name', message })
    } else if (fields.has(info.name)) {
      const message = `is the name of several fields; ${JSON.stringify(info.label)} is left out: rename its tag`
      refuse(where, { code: 'duplicate-name', message })
    } else if ('field' in read) fields.set(info.name, read.field)
    else refuse(where, read.problem)
  }
  return Object.fromEntries([...fields].sort(byName))
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => Number(a.id) - Number(b.id)

const contactInfos = async (client: ActiveCampaignClient, call: CallOptions): Promise<readonly FieldInfo[]> =>
  (await client.fields.list(call).toArray()).sort(byId).map(({ perstag, title, type, options }) => ({
    name: perstag,
    label: title,
    type,
    options: options.map(({ value }) => value),
  }))

const accountInfos = async (client: ActiveCampaignClient, call: CallOptions): Promise<readonly FieldInfo[]> =>
  (await client.accountFields.list(call).toArray()).sort(byId).map((field) => ({
    name: field.personalization,
    label: field.fieldLabel,
    type: field.fieldType,
    options: field.fieldOptions,
    currency: field.fieldDefaultCurrency,
  }))

const objectInfos = async (client: ActiveCampaignClient, call: CallOptions) =>
  (await client.customObjects.schemas.list(call).toArray()).map(({ slug, fields }) => ({
    slug,
    infos: fields
      .filter(({ status }) => status !== 'marked_for_deletion')
      .map(
        (field): FieldInfo => ({
          name: field.id,
          label: field.labels?.singular ?? '',
          type: field.type,
          options: field.options.map(({ value }) => value),
          currency: field.defaultCurrency,
        }),
      ),
  }))

interface CallOptions {
  readonly signal?: AbortSignal
}

/** What plans without a feature answer. */
const isUnavailable = (error: unknown): boolean =>
  isActiveCampaignError(error) && (error.code === 'forbidden' || error.code === 'not-found')

/** Reads every page of every list of fields. */
export const pullFields = async (
  client: ActiveCampaignClient,
  signal: AbortSignal | undefined,
): Promise<PulledFields> => {
  const problems: SchemaProblem[] = []
  const call = signal ? { signal } : {}
  const optional = async <T>(where: string, feature: string, read: Promise<readonly T[]>) =>
    read.catch((error: unknown): readonly T[] => {
      if (!isUnavailable(error)) throw error
      const message = `${feature} cannot be read: the account's plan has none, or the key's user may not see them`
      problems.push({ side: 'activeCampaign', code: 'unavailable', where, message })
      return []
    })
  const { contacts, accounts } = standardSchema.activeCampaign
  const contactFields = fieldSet('contacts', contacts, await contactInfos(client, call), problems)
  const accountFields = await optional('accounts', 'Custom fields of accounts', accountInfos(client, call))
  const objects = await optional('objects', 'Custom objects', objectInfos(client, call))
  return {
    fields: {
      contacts: contactFields,
      accounts: fieldSet('accounts', accounts, accountFields, problems),
      objects: Object.fromEntries(
        objects
          .map(({ slug, infos }) => [slug, fieldSet(`objects.${slug}`, {}, infos, problems)] as const)
          .sort(byName),
      ),
    },
    problems,
  }
}
