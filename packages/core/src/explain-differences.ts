import type {
  CompiledDefinition,
  CompiledField,
  CompiledRelation,
  EntityName,
  FieldValue,
} from '@dynacamp/mapping-dsl'
import type { Base } from './model/link.ts'
import { isDeleted } from './model/observation.ts'
import type { Plan } from './model/plan.ts'
import type { RecordInput } from './model/record.ts'
import { viewOf } from './plan/field-view.ts'
import type { Pair } from './plan/pair.ts'
import { idIn, leadsElsewhere, relationChanged } from './plan/relation-view.ts'
import { showValue } from './render/words.ts'

/** Both ends of a linked record, where both are there. */
const pairOf = ({
  link,
  dynamics,
  activeCampaign,
}: RecordInput): (Pair & { readonly base: Base }) | undefined =>
  link === undefined ||
  dynamics === undefined ||
  activeCampaign === undefined ||
  isDeleted(dynamics) ||
  isDeleted(activeCampaign)
    ? undefined
    : { link, dynamics, activeCampaign, base: link.base }

interface Blanks {
  readonly dynamics: boolean
  readonly activeCampaign: boolean
}

/** The rule by which two values that differ stay as they are. The planner has decided already: this only names it. */
const ruleFor = (
  { direction, blank }: Pick<CompiledField, 'direction' | 'blank'>,
  blanks: Blanks,
): string => {
  const sources: readonly boolean[] =
    direction === 'bidirectional'
      ? [blanks.dynamics, blanks.activeCampaign]
      : [direction === 'outbound' ? blanks.dynamics : blanks.activeCampaign]
  if (blank !== 'clear' && sources.includes(true)) return `A blank overwrites nothing (blank: ${blank}).`
  if (blank === 'onlyIfEmpty') return 'Only what is empty is filled (blank: onlyIfEmpty).'
  return 'They were left to differ when they were last remembered, and neither has changed since.'
}

const sentenceOf = (
  key: string,
  dynamics: FieldValue,
  activeCampaign: FieldValue,
  sensitive: boolean,
  rule: string,
): string =>
  `${key} stays as it is: Dynamics 365 has ${showValue(dynamics, sensitive)}, ` +
  `ActiveCampaign has ${showValue(activeCampaign, sensitive)}. ${rule}`

/** The account of a contact, where it differs and stays: whether two ids are one account, only their link tells. */
const relationSentences = (
  relation: CompiledRelation,
  { dynamics, activeCampaign, base }: Pair & { readonly base: Base },
): readonly string[] => {
  // What is no account in D365 is nothing in ActiveCampaign.
  const elsewhere = leadsElsewhere(relation, dynamics.fields)
  const row = elsewhere ? null : idIn(dynamics.fields, relation.dynamics)
  const contact = idIn(activeCampaign.fields, relation.activeCampaign)
  const blanks = { dynamics: row === null, activeCampaign: contact === null }
  const differ =
    blanks.dynamics !== blanks.activeCampaign ||
    relationChanged(relation, dynamics.fields, activeCampaign.fields, base)
  if (!differ) return []
  return [sentenceOf(relation.key, row, contact, relation.sensitive, ruleFor(relation, blanks))]
}

/**
 * Fields of a linked pair that differ and of which a plan says nothing: kept by a blank policy, or left to differ when they
 * were last remembered. A plan that listed them would list them in every run.
 */
export const explainDifferences = (
  definition: CompiledDefinition,
  name: EntityName,
  record: RecordInput,
  { skips, holds, conflicts, actions }: Pick<Plan, 'skips' | 'holds' | 'conflicts' | 'actions'>,
): readonly string[] => {
  const entity = definition.entities.find((candidate) => candidate.entity === name)
  const pair = pairOf(record)
  if (entity === undefined || pair === undefined) return []
  if (skips.length > 0 || holds.some(({ field }) => field === null)) return []
  const told = new Set([
    ...holds.map(({ field }) => field),
    ...conflicts.map(({ field }) => field),
    ...actions.flatMap(({ changes }) => changes.map(({ key }) => key)),
  ])
  const settled = new Set(actions.flatMap(({ settles }) => Object.keys(settles.dynamics)))
  const fields = entity.fields.flatMap((field) => {
    const { dynamics, activeCampaign } = viewOf(field, pair, pair.base)
    if (told.has(field.key) || field.equivalent(dynamics, activeCampaign)) return []
    const blanks = {
      dynamics: field.sameInDynamics(dynamics, null),
      activeCampaign: field.sameInActiveCampaign(activeCampaign, null),
    }
    return [sentenceOf(field.key, dynamics, activeCampaign, field.sensitive, ruleFor(field, blanks))]
  })
  const { accountRelation } = entity
  if (accountRelation === undefined) return fields
  const relationTold = told.has(accountRelation.key) || settled.has(accountRelation.dynamics)
  return relationTold ? fields : [...fields, ...relationSentences(accountRelation, pair)]
}
