import type { Fields } from '@dynacamp/mapping-dsl'
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

const differs = (fields: Fields, base: Fields): boolean =>
  Object.entries(base).some(([name, value]) => JSON.stringify(fields[name] ?? null) !== JSON.stringify(value))

/** Whether a record has news for one of its links, or has no link at all. */
export const isDirty = (fields: Fields, side: Side, links: readonly StoredLink[]): boolean =>
  links.length === 0 || links.some((link) => differs(fields, link.base[side]))
