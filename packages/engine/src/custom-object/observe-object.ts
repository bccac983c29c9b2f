import { type CustomObjectSchema, isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { type KnownObject, knownObject, rememberObject } from './known-object.ts'
import { toCustomObject } from './to-custom-object.ts'

/** What an account answers whose plan, or whose key, has no custom objects. Which of them it is nobody has documented. */
const refusals: readonly string[] = ['forbidden', 'not-found', 'payment-required']

/** Whether an error says that custom objects are not to be had. */
export const isRefusal = (error: unknown): boolean =>
  isActiveCampaignError(error) && refusals.includes(error.code)

/** The schema with this slug, among all that there are: the list holds 20 a page unless asked for more. */
export const findSchema = async (
  { activeCampaign, signal }: Pick<SyncContext, 'activeCampaign' | 'signal'>,
  slug: string,
): Promise<CustomObjectSchema | undefined> => {
  const options = { deletedFields: true, ...(signal && { signal }) }
  for await (const schema of activeCampaign.customObjects.schemas.list(options)) {
    if (schema.slug === slug) return schema
  }
  return undefined
}

/** The schema as the state remembers it. */
export const toKnownObject = (slug: string, schema: CustomObjectSchema): KnownObject => ({
  slug,
  schemaId: schema.id,
  observed: toCustomObject(schema),
  refused: false,
})

const look = async (
  context: SyncContext,
  slug: string,
  before: KnownObject | undefined,
): Promise<KnownObject> => {
  try {
    const schema = await findSchema(context, slug)
    if (schema !== undefined) return toKnownObject(slug, schema)
    const refused = before?.refused === true
    return { slug, schemaId: null, observed: refused ? 'unavailable' : null, refused }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { slug, schemaId: null, observed: 'unavailable', refused: false }
  }
}

/** Looks whether the custom object is there and what fields it has: one call per hundred objects of the account. */
export const observeObject = async (
  context: SyncContext,
  entity: CompiledEntity,
  { full }: { readonly full: boolean },
): Promise<void> => {
  if (entity.object === undefined) return
  const before = full ? undefined : await inState(context, (state) => knownObject(state, entity))
  const known = await look(context, entity.object.slug, before)
  await inState(context, (state) => rememberObject(state, known))
}
