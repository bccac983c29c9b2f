import {
  type CompiledDefinition,
  compileDefinition,
  extendSchema,
  field,
  map,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { type History, historyOf, whatPeopleDo } from './history.ts'
import { addPerson, person } from './person.ts'
import { blanks, conflicts, creations, gone, goneContact, leavings, pick, resubscribe } from './policies.ts'
import { emptyWorldWithLeads } from './world.ts'

/** Leads and contacts in one definition: the same few people in both tables, who share their ActiveCampaign contacts. */
const schema = extendSchema(standardSchema, {
  activeCampaign: { contacts: { POSITION: field.text() } },
})

const definitions: readonly CompiledDefinition[] = blanks.flatMap((blank, b) =>
  conflicts.flatMap((conflict, c) =>
    creations.map((createInDynamics, d) => {
      const policies = (n: number) => ({
        direction: 'bidirectional' as const,
        createInDynamics: pick([createInDynamics, 'never', 'all'] as const, n),
        leaving: pick(leavings, b + c + d + n),
        deleted: {
          inDynamics: pick(gone, b * 12 + c * 3 + d + n),
          inActiveCampaign: pick(goneContact, b * 12 + c * 3 + d + n),
        },
        sharedEmail: pick(['hold', 'oldest'] as const, c + d),
        fields: [
          map('emailaddress1', 'email', { conflict }),
          map('firstname', 'firstName', { blank, conflict }),
          map('jobtitle', 'POSITION', { blank, direction: 'outbound' as const }),
        ],
      })
      const compiled = compileDefinition(
        {
          version: 1,
          contacts: policies(0),
          leads: policies(c),
          sharedContact: pick(['contact', 'contact', 'lead'] as const, b + d),
          tags: { write: (b + c + d) % 2 === 0 },
          optOut: { resubscribe: pick(resubscribe, b + d) },
        },
        schema,
      )
      const inScope: CompiledDefinition['entities'][number]['inScope'] = ({ department }) =>
        department !== 'elsewhere'
      return { ...compiled, entities: compiled.entities.map((entity) => ({ ...entity, inScope })) }
    }),
  ),
)

export const leadHistory: fc.Arbitrary<History> = fc
  .record({
    definition: fc.constantFrom(...definitions),
    contacts: fc.array(person, { maxLength: 2 }),
    leads: fc.array(person, { minLength: 1, maxLength: 2 }),
    ...whatPeopleDo('leads', ['l0', 'l1']),
  })
  .map(({ contacts, leads, ...drawn }) =>
    historyOf(drawn, { contacts, leads }, () => {
      const world = emptyWorldWithLeads()
      for (const [index, one] of contacts.entries()) addPerson(world, one, `d${index}`, `${index}`)
      for (const [index, one] of leads.entries()) addPerson(world.leads, one, `l${index}`, `${index + 5}`)
      return world
    }),
  )
