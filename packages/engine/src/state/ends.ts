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
