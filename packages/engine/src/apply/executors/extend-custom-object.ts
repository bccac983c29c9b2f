import type { ExtendCustomObject } from '@dynacamp/core'
import { inState } from '../../context.ts'
import { rememberObject } from '../../custom-object/known-object.ts'
import { findSchema, toKnownObject } from '../../custom-object/observe-object.ts'
import { extendedSchema } from '../../custom-object/schema-input.ts'
import type { ApplyContext } from '../apply-context.ts'
import type { Execution } from '../outcome.ts'

/**
 * Adds fields and options, after one more look: the service takes whole schemas, and what somebody added meanwhile must stay.
 * What is there already is not added again, so repeating is safe.
 */
export const extendCustomObject = async (
  context: ApplyContext,
  { object: slug, fields }: ExtendCustomObject,
): Promise<Execution> => {
  const { activeCampaign, signal } = context
  const schema = await findSchema(context, slug)
  const retyped = schema?.fields.find(
    ({ id, type, status }) =>
      fields.some((field) => field.id === id && field.type !== type) ||
      (status !== null && fields.some((field) => field.id === id)),
  )
  if (schema === undefined || retyped !== undefined) {
    return {
      status: 'stale',
      code: 'object-changed',
      message: 'The custom object changed in ActiveCampaign after the plan; the next plan looks at it again.',
    }
  }
  const input = extendedSchema(schema, fields)
  const now =
    input === undefined
      ? schema
      : await activeCampaign.customObjects.schemas.update(schema.id, input, signal ? { signal } : undefined)
  await inState(context, (state) => rememberObject(state, toKnownObject(slug, now)))
  return { status: 'done', records: [] }
}
