import { type CompiledDefinition, type MatchPair, map } from '@dynacamp/mapping-dsl'
import { contactsDefinition } from './definition.ts'

/** Every policy on every kind of flow; compiled once, as a host does. */
export const blanks = ['ignoreBlank', 'clear', 'onlyIfEmpty'] as const
export const conflicts = ['dynamicsWins', 'activeCampaignWins', 'mostRecent', 'hold'] as const
export const creations = ['never', 'tagged', 'all'] as const

export const leavings = ['keep', 'unlink', 'unsubscribe', 'archive', 'keep'] as const
export const gone = ['keep', 'unlink', 'unsubscribe', 'archive', 'delete', 'keep', 'keep'] as const
export const goneContact = ['keep', 'unlink', 'deactivate', 'delete', 'keep'] as const
export const resubscribe = ['never', 'resubscribe people when Dynamics 365 allows e-mail again'] as const
const speakers = ['hold', 'oldest', 'latestModified', 'hold'] as const
/** A later rule looks at what many people share, as names and telephones are. */
const byEmail = { dynamics: 'emailaddress1', activeCampaign: 'email' } as const
const matches: readonly [readonly MatchPair[], ...(readonly MatchPair[])[]] = [
  [byEmail],
  [byEmail, { dynamics: 'firstname', activeCampaign: 'firstName' }],
  [
    byEmail,
    { dynamics: 'birthdate', activeCampaign: 'BIRTHDAY' },
    { dynamics: 'firstname', activeCampaign: 'firstName' },
  ],
]

/** Something of a list, by a number: policies that do not depend on each other are walked through, not multiplied. */
export const pick = <T>(from: readonly [T, ...T[]], n: number): T => from[n % from.length] ?? from[0]

const twoWay: readonly CompiledDefinition[] = blanks.flatMap((blank, b) =>
  conflicts.flatMap((conflict, c) =>
    creations.map((createInDynamics, d) =>
      contactsDefinition({
        createInDynamics,
        leaving: pick(leavings, b + c + d),
        deleted: {
          inDynamics: pick(gone, b * 12 + c * 3 + d),
          inActiveCampaign: pick(goneContact, b * 12 + c * 3 + d),
        },
        sharedEmail: pick(speakers, c + d),
        match: pick(matches, b + c + d),
        tags: { write: (b + c + d) % 2 === 0 },
        optOut: { resubscribe: pick(resubscribe, b + d) },
        inScope: (fields) => fields.department !== 'elsewhere',
        fields: [
          map('emailaddress1', 'email', { conflict }),
          map('firstname', 'firstName', { blank, conflict }),
          map('jobtitle', 'POSITION', { blank, direction: 'outbound' }),
          map('numberofchildren', 'CHILDREN', { blank, direction: 'inbound' }),
          map('birthdate', 'BIRTHDAY', { blank, conflict }),
        ],
      }),
    ),
  ),
)

/** Entities that flow one way as a whole, with the policies that this leaves. */
const oneWay: readonly CompiledDefinition[] = blanks.flatMap((blank, b) =>
  creations.flatMap((createInDynamics, d) =>
    (['outbound', 'inbound'] as const).map((direction) => {
      const outbound = direction === 'outbound'
      return contactsDefinition({
        direction,
        createInDynamics: outbound ? 'never' : createInDynamics,
        leaving: outbound ? pick(leavings, b + d) : pick(['keep', 'unlink'] as const, b + d),
        deleted: {
          inDynamics: outbound ? pick(gone, b * 3 + d) : pick(['keep', 'unlink'] as const, d),
          inActiveCampaign: outbound ? pick(['keep', 'unlink'] as const, d) : pick(goneContact, b * 3 + d),
        },
        sharedEmail: pick(speakers, b + d),
        match: pick(matches, b + d),
        optOut: { resubscribe: pick(resubscribe, b + d) },
        inScope: (fields) => fields.department !== 'elsewhere',
        fields: [
          map('emailaddress1', 'email'),
          map('firstname', 'firstName', { blank }),
          map('jobtitle', 'POSITION', { blank }),
          map('numberofchildren', 'CHILDREN', { blank }),
          map('birthdate', 'BIRTHDAY', { blank }),
        ],
      })
    }),
  ),
)

/** What the histories of people draw from. */
export const definitions: readonly CompiledDefinition[] = [...twoWay, ...oneWay]
