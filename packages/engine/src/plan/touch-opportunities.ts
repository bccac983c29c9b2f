import type { RecordInput } from '@dynacamp/core'
import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { personKey } from '../observe/person-keys.ts'
import { endOf } from '../state/ends.ts'
import type { StateTransaction } from '../state/state-store.ts'

const opportunities = endOf('opportunities', 'dynamics')

/**
 * People who are looked at have their opportunities looked at, too: who has come to another contact, or lost it, takes them along,
 * which no change of an opportunity tells. A link that is made, moved or forgotten leaves its ends dirty, so that everybody to whom
 * that has happened is looked at afterwards. Opportunities without a link are dirty anyway.
 */
export const touchOpportunities = async (
  { records, links }: StateTransaction,
  { entities }: CompiledDefinition,
  entity: EntityName,
  people: readonly RecordInput[],
): Promise<void> => {
  const isOfPeople = entity === 'contacts' || entity === 'leads'
  if (!isOfPeople || !entities.some((other) => other.entity === opportunities.entity)) return
  const keys = people.flatMap(({ dynamics }) => (dynamics ? [personKey(entity, dynamics.id)] : []))
  const theirs = await records.findByKey(opportunities, keys)
  const linked = await links.of(
    opportunities,
    theirs.map(({ id }) => id),
  )
  // What is saved is looked at once more.
  await links.save(linked)
}
