import type { CompiledDefinition, Fields, FieldValue, MatchPair } from '@dynacamp/mapping-dsl'
import { map } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import type { ListStatus, PlanSettings } from '../../src/index.ts'
import { contactsDefinition } from './definition.ts'
import { emptyWorld, putContact, putRow, type World } from './world.ts'

/** Every policy on every kind of flow; compiled once, as a host does. */
const blanks = ['ignoreBlank', 'clear', 'onlyIfEmpty'] as const
const conflicts = ['dynamicsWins', 'activeCampaignWins', 'mostRecent', 'hold'] as const
const creations = ['never', 'tagged', 'all'] as const

const leavings = ['keep', 'unlink', 'unsubscribe', 'archive', 'keep'] as const
const gone = ['keep', 'unlink', 'unsubscribe', 'archive', 'delete', 'keep', 'keep'] as const
const goneContact = ['keep', 'unlink', 'deactivate', 'delete', 'keep'] as const
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
const resubscribe = ['never', 'resubscribe people when Dynamics 365 allows e-mail again'] as const

/** Something of a list, by a number: policies that do not depend on each other are walked through, not multiplied. */
const pick = <T>(from: readonly [T, ...T[]], n: number): T => from[n % from.length] ?? from[0]

const definitions: readonly CompiledDefinition[] = blanks.flatMap((blank, b) =>
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

/** Few values, so that records meet; the same index means the same value on both sides. */
const emails = ['a@example.com', 'b@example.com', 'c@example.com', '', 'not an address']
const texts = ['', 'x', 'y', ' x ']
const numbers = [null, 0, 1, 2]
const days = [null, '2000-01-01', '1999-12-31', '1980-02-29']

const rowFields = ([email = 0, name = 0, job = 0, children = 0, birth = 0]: readonly number[]): Fields => ({
  emailaddress1: emails[email] ?? null,
  firstname: texts[name] ?? null,
  jobtitle: texts[job] ?? null,
  numberofchildren: numbers[children] ?? null,
  birthdate: days[birth] ?? null,
})

const textOf = (value: FieldValue | undefined): string => (value == null ? '' : String(value))

const contactFields = (values: readonly number[]): Fields => {
  const row = rowFields(values)
  const wrong = values[5] === 1
  return {
    email: textOf(row.emailaddress1),
    firstName: textOf(row.firstname),
    POSITION: textOf(row.jobtitle),
    CHILDREN: wrong ? 'many' : textOf(row.numberofchildren),
    BIRTHDAY: wrong ? 'soon' : textOf(row.birthdate),
  }
}

/** One value per field by index, and whether the contact holds values nobody can read. */
const values = fc.tuple(
  fc.constantFrom(0, 0, 0, 1, 2, 3, 4),
  fc.nat(3),
  fc.nat(3),
  fc.nat(3),
  fc.nat(3),
  fc.constantFrom(0, 0, 0, 0, 0, 1),
)

/** New indices for some of the fields. */
const edits = fc.array(fc.tuple(fc.nat(4), fc.nat(3)), { maxLength: 3 })

const edited = (
  from: readonly number[],
  changes: readonly (readonly [number, number])[],
): readonly number[] => changes.reduce((now, [index, value]) => now.with(index, value), [...from])

const person = fc.record({
  kind: fc.constantFrom('linked', 'linked', 'linked', 'lostBase', 'row', 'contact', 'both'),
  values,
  rowEdits: edits,
  contactEdits: edits,
  rowGone: fc.constantFrom(false, false, false, false, false, true),
  contactGone: fc.constantFrom(false, false, false, false, false, true),
  active: fc.constantFrom(true, true, true, true, false),
  inScope: fc.constantFrom(true, true, true, true, false),
  tagged: fc.boolean(),
  optedOut: fc.constantFrom(undefined, false, true),
  wasOptedOut: fc.constantFrom(undefined, false, true),
  lists: fc.constantFrom(
    undefined,
    undefined,
    [],
    ['active'],
    ['unsubscribed'],
    ['unsubscribed', 'active'],
    ['bounced'],
  ),
  rowTime: fc.constantFrom(undefined, '2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z'),
  contactTime: fc.constantFrom(undefined, '2026-11-02T00:00:00-06:00', '2026-11-01T00:00:00Z'),
})

type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

/** Three trees made from one by perturbing it: what was in sync, and what became of it on either side. */
const addPerson = (world: World, person: Person, index: number): void => {
  const { kind, values, rowEdits, contactEdits, rowTime, contactTime } = person
  const linked = kind === 'linked' || kind === 'lostBase'
  const [rowId, contactId] = [`d${index}`, `${index}`]
  const inSync = values.with(5, 0)
  const place = { department: person.inScope ? 'here' : 'elsewhere' }
  const taken = (email: FieldValue | undefined) =>
    [...world.contacts.values()].some(({ fields }) => fields.email === email)
  // ActiveCampaign never holds two contacts with one e-mail, nor one without: take the first that is free.
  const contactValues = edited(values, contactEdits)
  const free = [contactValues[0] ?? 0, 0, 1, 2].find((e) => e < 3 && !taken(emails[e]))
  const hasContact = kind !== 'row' && free !== undefined
  const hasRow = kind !== 'contact'

  if (hasRow && !(linked && person.rowGone)) {
    const consent = person.optedOut === undefined ? {} : { donotbulkemail: person.optedOut }
    const fields = { ...rowFields(edited(values, rowEdits)), ...place, ...consent }
    const times = rowTime && { modifiedOn: rowTime, createdOn: rowTime }
    putRow(world, rowId, fields, { active: person.active, ...times })
  }
  if (hasContact && !(linked && person.contactGone)) {
    putContact(world, contactId, contactFields(contactValues.with(0, free)), {
      tags: person.tagged ? ['[D365: Contact]'] : [],
      ...(contactTime && { updatedOn: contactTime }),
      ...(person.lists && {
        lists: person.lists.map((status, n) => ({
          ...{ id: String(n + 1), name: `List ${n + 1}` },
          status: status as ListStatus['status'],
        })),
      }),
    })
  }
  if (linked && hasContact) {
    world.links.set(`contacts/${rowId}`, {
      id: `contacts/${rowId}`,
      entity: 'contacts',
      dynamicsId: rowId,
      activeCampaignId: contactId,
      base:
        kind === 'lostBase'
          ? { dynamics: {}, activeCampaign: {} }
          : {
              dynamics: {
                ...rowFields(inSync),
                ...(person.wasOptedOut === undefined ? {} : { donotbulkemail: person.wasOptedOut }),
              },
              activeCampaign: contactFields(inSync),
            },
    })
  }
}

export interface History {
  readonly definition: CompiledDefinition
  readonly settings: Pick<PlanSettings, 'firstLink'>
  readonly world: () => World
  /** Merges by people once everything is quiet: which row into which. */
  readonly merges: readonly (readonly [number, number])[]
  /** Edits by people once everything is quiet: row or contact, field, value. */
  readonly later: readonly (readonly [number, boolean, number, number])[]
}

export const history: fc.Arbitrary<History> = fc
  .record({
    definition: fc.constantFrom(...definitions),
    firstLink: fc.constantFrom('hold' as const, 'policy' as const),
    people: fc.array(person, { minLength: 1, maxLength: 3 }),
    merges: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 2 }),
    later: fc.array(fc.tuple(fc.nat(5), fc.boolean(), fc.integer({ min: 1, max: 4 }), fc.nat(3)), {
      maxLength: 3,
    }),
  })
  .map(({ definition, firstLink, people, merges, later }) => ({
    definition,
    merges,
    settings: { firstLink },
    later,
    world: () => {
      const world = emptyWorld()
      for (const [index, person] of people.entries()) addPerson(world, person, index)
      return world
    },
    // What a failing run prints.
    toString: () =>
      JSON.stringify({ people, merges, later, firstLink, entity: definition.entities[0]?.fields }),
  }))

/** Rows are merged into others: what was merged is inactive from then on. */
export const mergeRows = (world: World, merges: History['merges']): void => {
  for (const [from, into] of merges) {
    const [loser, survivor] = [[...world.rows.values()][from], [...world.rows.values()][into]]
    if (loser === undefined || survivor === undefined || loser === survivor) continue
    if (loser.active === false || survivor.active === false) continue
    const { id, etag: _, fields, ...more } = loser
    putRow(world, id, fields, { ...more, active: false })
    world.merged.set(id, survivor.id)
  }
}

/** People go on working. */
export const editLater = (world: World, later: History['later']): void => {
  for (const [which, inRow, index, value] of later) {
    if (inRow) {
      const row = [...world.rows.values()][which]
      if (row === undefined) continue
      const { id, etag: _, ...more } = row
      const key = Object.keys(rowFields([]))[index] ?? ''
      const edit = rowFields([0, value, value, value, value])[key] ?? null
      putRow(world, id, { ...row.fields, [key]: edit }, more)
    } else {
      const contact = [...world.contacts.values()][which]
      if (contact === undefined) continue
      const key = Object.keys(contactFields([]))[index] ?? ''
      const edit = contactFields([0, value, value, value, value])[key] ?? null
      putContact(world, contact.id, { ...contact.fields, [key]: edit }, contact)
    }
  }
}
