import { type CustomObjectSchema, isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { CreateCustomObject } from '@dynacamp/core'
import { isUnknownOutcomeError } from '@dynacamp/http'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState } from '../../context.ts'
import { rememberObject } from '../../custom-object/known-object.ts'
import { findSchema, isRefusal, toKnownObject } from '../../custom-object/observe-object.ts'
import { rememberEmpty } from '../../custom-object/observe-records.ts'
import { newSchema } from '../../custom-object/schema-input.ts'
import type { ApplyContext } from '../apply-context.ts'
import type { Execution } from '../outcome.ts'

/** Makes the schema. Where nobody knows whether it was made, it is looked for, as a second one would be refused. */
const makeOrFind = async (
  context: ApplyContext,
  { object, fields }: CreateCustomObject,
): Promise<CustomObjectSchema> => {
  const { activeCampaign, signal } = context
  try {
    return await activeCampaign.customObjects.schemas.create(
      newSchema(object, fields),
      signal ? { signal } : undefined,
    )
  } catch (error) {
    if (!isUnknownOutcomeError(error)) throw error
    const made = await findSchema(context, object).catch(() => undefined)
    if (made === undefined) throw error
    return made
  }
}

/** Makes the custom object. A slug is unique in an account: made twice, the second is refused, and the next plan extends it. */
export const createCustomObject = async (
  context: ApplyContext,
  entity: CompiledEntity,
  action: CreateCustomObject,
): Promise<Execution> => {
  const { object: slug } = action
  try {
    const schema = await makeOrFind(context, action)
    await inState(context, async (state) => {
      await rememberObject(state, toKnownObject(slug, schema))
      await rememberEmpty(state, entity, schema.id)
    })
    return { status: 'done', records: [] }
  } catch (error) {
    if (isRefusal(error)) {
      const refused = { slug, schemaId: null, observed: 'unavailable', refused: true } as const
      await inState(context, (state) => rememberObject(state, refused))
      return {
        status: 'stale',
        code: 'custom-objects-unavailable',
        message:
          'ActiveCampaign refuses to make the custom object: that needs the Enterprise plan, and a key whose user may manage ' +
          'custom objects. Everything else goes on; opportunities wait until a full read tries again.',
      }
    }
    const taken = isActiveCampaignError(error) && error.pointer?.endsWith('/slug') === true
    if (!taken) throw error
    return {
      status: 'stale',
      code: 'object-exists',
      message: `Somebody made an object ${slug} after the plan; the next plan looks at it.`,
    }
  }
}
