import type { Fields, FieldValue } from '@dynacamp/mapping-dsl'
import type { RecordKind, Side, StoredLink } from './state-store.ts'

/** D365 entities whose links may end in an ActiveCampaign record of this kind: a lead is a contact there. */
const entitiesLinkedTo: Readonly<Record<string, readonly string[]>> = { contacts: ['contacts', 'leads'] }

/** The entities of links that can end in a record of this kind. */
export const linkEntities = ({ side, entity }: RecordKind): readonly string[] =>
  side === 'dynamics' ? [entity] : (entitiesLinkedTo[entity] ?? [entity])

/** The kind of record a link of this D365 entity has on this side. */
export const endOf = (entity: string, side: Side): RecordKind => ({
  side,
  entity: side === 'activeCampaign' && entity === 'leads' ? 'contacts' : entity,
})

/** The id of the record a link has on this side. */
export const endId = (link: StoredLink, side: Side): string =>
  side === 'dynamics' ? link.dynamicsId : link.activeCampaignId

const text = (value: FieldValue | undefined): string => JSON.stringify(value ?? null)

const differs = (fields: Fields, base: Fields): boolean =>
  Object.entries(base).some(([name, value]) => text(fields[name]) !== text(value))

/**
 * Whether a record has news for one of its links, or has no link at all. A column of D365 that the base does not have was
 * never in sync and stays news until it is: a held conflict is not forgotten. An ActiveCampaign contact may have fields
 * that one of its links has no mapping for, so there only the base counts.
 */
export const isDirty = (fields: Fields, side: Side, links: readonly StoredLink[]): boolean =>
  links.length === 0 ||
  links.some(
    ({ base }) =>
      differs(fields, base[side]) ||
      (side === 'dynamics' && Object.keys(fields).some((name) => !(name in base.dynamics))),
  )
