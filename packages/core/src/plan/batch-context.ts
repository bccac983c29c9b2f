import type { CompiledDefinition, CompiledEntity, CompiledField, MatchRule } from '@dynacamp/mapping-dsl'
import type { HoldersOf } from '../match/holders.ts'
import type { PlanSettings, Resolution } from '../model/plan-input.ts'
import type { References } from '../model/reference.ts'
import type { Ledger } from './ledger.ts'
import type { BaseOrder } from './unchanged.ts'
import type { Ways } from './ways.ts'

/** What every rule of one batch can look at, and the ledger it writes to. */
export interface BatchContext {
  readonly definition: CompiledDefinition
  readonly entity: CompiledEntity
  /** The first match rule: what the other side knows the record by. Undefined matches nothing by itself. */
  readonly rule: MatchRule | undefined
  /** The mapping of what the rule looks at. */
  readonly keyField: CompiledField | undefined
  readonly settings: PlanSettings
  readonly holdersOf: HoldersOf
  readonly references: References
  readonly resolutions: ReadonlyMap<string, Resolution['winner']>
  readonly ledger: Ledger
  readonly baseOrder: BaseOrder
  readonly ways: Ways
}

/** The part of a context that the table alone decides. */
export const tableOf = (entity: CompiledEntity): Pick<BatchContext, 'entity' | 'rule' | 'keyField'> => {
  const [rule] = entity.match
  return {
    entity,
    rule,
    keyField: entity.fields.find(({ activeCampaign }) => activeCampaign === rule?.activeCampaign),
  }
}

/** What the key of a record is called on one side, for sentences. */
export const keyName = ({ rule }: Pick<BatchContext, 'rule'>, side: 'dynamics' | 'activeCampaign'): string =>
  rule?.[side] ?? 'key'

/** The context as the batch of another table has it. */
export const inTable = (context: BatchContext, entity: CompiledEntity): BatchContext => ({
  ...context,
  ...tableOf(entity),
})

const resolutionKey = (dynamicsId: string, field: string | null): string => `${dynamicsId}:${field ?? '*'}`

/** Decisions of people for this entity, by row and field. */
export const indexResolutions = (
  { entity }: CompiledEntity,
  settings: PlanSettings,
): ReadonlyMap<string, Resolution['winner']> =>
  new Map(
    (settings.resolutions ?? [])
      .filter((resolution) => resolution.entity === entity)
      .map(({ dynamicsId, field, winner }) => [resolutionKey(dynamicsId, field), winner]),
  )

/** What a person decided for this field, or for the whole record. */
export const resolutionOf = (
  { resolutions }: BatchContext,
  dynamicsId: string,
  field: string,
): Resolution['winner'] | undefined => {
  // Nearly always so, and no reason to put names together for every changed field.
  if (resolutions.size === 0) return undefined
  return resolutions.get(resolutionKey(dynamicsId, field)) ?? resolutions.get(resolutionKey(dynamicsId, null))
}
