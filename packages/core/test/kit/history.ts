import type { CompiledDefinition, Fields, FieldValue } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { type ListStatus, marks, type PlanSettings, type Resolution } from '../../src/index.ts'
import type { Graves } from './graves.ts'
import { definitions } from './policies.ts'
import { deleteRow, emptyWorld, putContact, putRow, tablesOf, type World } from './world.ts'

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

export const person = fc.record({
  kind: fc.constantFrom('linked', 'linked', 'linked', 'lostBase', 'row', 'contact', 'both'),
  values,
  rowEdits: edits,
  contactEdits: edits,
  rowGone: fc.constantFrom(false, false, false, false, false, true),
  contactGone: fc.constantFrom(false, false, false, false, false, true),
  active: fc.constantFrom(true, true, true, true, false),
  inScope: fc.constantFrom(true, true, true, true, false),
  tags: fc.constantFrom(
    [],
    [],
    [marks.contacts],
    [marks.leads],
    [marks.contacts, marks.leads],
    [marks.contacts, marks.pushed],
    [marks.pulled],
  ),
  optedOut: fc.constantFrom(undefined, false, true),
  wasOptedOut: fc.constantFrom(undefined, false, true),
  lists: fc.constantFrom(
    undefined,
    undefined,
    [],
    ['active'],
    ['unsubscribed'],
    ['unsubscribed', 'active'],
    ['unconfirmed'],
    ['unsubscribed', 'unconfirmed'],
    ['bounced'],
  ),
  /** Lists that the sync itself unsubscribed. */
  unsubscribed: fc.constantFrom(undefined, undefined, '1', '1,2', '1:unconfirmed,2'),
  rowTime: fc.constantFrom(undefined, '2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z'),
  contactTime: fc.constantFrom(undefined, '2026-11-02T00:00:00-06:00', '2026-11-01T00:00:00Z'),
})

export type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

/** Three trees made from one by perturbing it: what was in sync, and what became of it on either side. */
export const addPerson = (world: World, person: Person, rowId: string, contactId: string): void => {
  const { kind, values, rowEdits, contactEdits, rowTime, contactTime } = person
  const linked = kind === 'linked' || kind === 'lostBase'
  const inSync = values.with(5, 0)
  const place = { department: person.inScope ? 'here' : 'elsewhere' }
  const taken = (email: FieldValue | undefined) =>
    [...world.contacts.values()].some(({ fields }) => fields.email === email)
  // ActiveCampaign never holds two contacts with one e-mail, nor one without: take the first that is free.
  const contactValues = edited(values, contactEdits)
  const free = [contactValues[0] ?? 0, 0, 1, 2].find((e) => e < 3 && !taken(emails[e]))
  const hasContact = kind !== 'row' && free !== undefined
  const hasRow = kind !== 'contact'

  if (hasRow) {
    const consent = person.optedOut === undefined ? {} : { donotbulkemail: person.optedOut }
    const fields = { ...rowFields(edited(values, rowEdits)), ...place, ...consent }
    const times = rowTime && { modifiedOn: rowTime, createdOn: rowTime }
    putRow(world, rowId, fields, { active: person.active, ...times })
    if (linked && person.rowGone) deleteRow(world, rowId)
  }
  if (hasContact && !(linked && person.contactGone)) {
    putContact(world, contactId, contactFields(contactValues.with(0, free)), {
      tags: person.tags,
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
    world.links.set(`${world.entity}/${rowId}`, {
      id: `${world.entity}/${rowId}`,
      entity: world.entity,
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
              activeCampaign: {
                ...contactFields(inSync),
                ...(person.unsubscribed && { 'lists:unsubscribed': person.unsubscribed }),
              },
            },
    })
  }
}

/** What people decided about held fields, of records that are there or are not. */
const resolutions = (entity: Resolution['entity'], ids: readonly [string, ...string[]]) =>
  fc.array(
    fc.record({
      entity: fc.constant(entity),
      dynamicsId: fc.constantFrom(...ids),
      field: fc.constantFrom(null, 'firstname:firstName', 'birthdate:BIRTHDAY', 'emailaddress1:email'),
      winner: fc.constantFrom('dynamics' as const, 'activeCampaign' as const),
    }),
    { maxLength: 1 },
  )

export interface History {
  readonly definition: CompiledDefinition
  readonly settings: Pick<PlanSettings, 'firstLink' | 'resolutions'>
  readonly world: () => World
  /** Merges by people once everything is quiet: which row into which. */
  readonly merges: readonly (readonly [number, number])[]
  /** Deleted rows that people restore, in the order in which they were deleted. */
  readonly restores: readonly number[]
  /** Edits by people once everything is quiet: row or contact, field, value. */
  readonly later: readonly (readonly [number, boolean, number, number])[]
}

/** What becomes of any history of people, whatever their tables. */
export const whatPeopleDo = (entity: Resolution['entity'], ids: readonly [string, ...string[]]) => ({
  firstLink: fc.constantFrom('hold' as const, 'policy' as const),
  resolutions: resolutions(entity, ids),
  merges: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 2 }),
  restores: fc.array(fc.nat(1), { maxLength: 1 }),
  later: fc.array(fc.tuple(fc.nat(5), fc.boolean(), fc.integer({ min: 1, max: 4 }), fc.nat(3)), {
    maxLength: 3,
  }),
})

export const history: fc.Arbitrary<History> = fc
  .record({
    definition: fc.constantFrom(...definitions),
    people: fc.array(person, { minLength: 1, maxLength: 3 }),
    ...whatPeopleDo('contacts', ['d0', 'd1', 'd2']),
  })
  .map(({ definition, firstLink, resolutions, people, merges, restores, later }) => ({
    definition,
    merges,
    restores,
    settings: { firstLink, resolutions },
    later,
    world: () => {
      const world = emptyWorld()
      for (const [index, person] of people.entries()) addPerson(world, person, `d${index}`, `${index}`)
      return world
    },
    // What a failing run prints.
    toString: () =>
      JSON.stringify({ people, merges, restores, later, firstLink, resolutions, ...wordsOf(definition) }),
  }))

/** As much of a definition as a history that fails has to show. */
export const wordsOf = ({ entities, sharedContact }: CompiledDefinition) => ({
  sharedContact,
  entities: entities.map(({ fields, match, inScope, inboundScope, ...policies }) => ({
    ...policies,
    match,
    fields: fields.map(({ key, direction, blank, conflict }) => [key, direction, blank, conflict]),
  })),
})

/** All rows of people, contacts first, each with its table. */
const peopleOf = (world: World) =>
  [world, world.leads].flatMap((table) =>
    table === undefined ? [] : [...table.rows.values()].map((row) => ({ table, row })),
  )

/** Rows are merged into others, leads are qualified to contacts: what was merged is inactive from then on. */
export const mergeRows = (world: World, merges: History['merges']): void => {
  for (const [from, into] of merges) {
    const [loser, survivor] = [peopleOf(world)[from], peopleOf(world)[into]]
    if (loser === undefined || survivor === undefined || loser.row.id === survivor.row.id) continue
    if (loser.row.active === false || survivor.row.active === false) continue
    // No contact becomes a lead.
    if (loser.table !== survivor.table && survivor.table.entity === 'leads') continue
    const { id, etag: _, fields, ...more } = loser.row
    putRow(loser.table, id, fields, { ...more, active: false })
    world.merged.set(id, survivor.row.id)
  }
}

/** Rows come back under their ids, as a restored backup brings them. */
export const restoreRows = (world: World, which: History['restores'], graves: Graves): void => {
  for (const table of tablesOf(world)) {
    for (const index of which) {
      const row = [...table.deleted.values()][index]
      if (row === undefined || table.rows.has(row.id)) continue
      const { id, etag: _, fields, ...more } = row
      putRow(table, id, fields, more)
      // Forgotten on both sides, it is a new row like any other.
      if (!table.links.has(`${table.entity}/${id}`)) graves.contacts.delete(`${table.entity} ${id}`)
    }
  }
}

/** People go on working. */
export const editLater = (world: World, later: History['later']): void => {
  for (const [which, inRow, index, value] of later) {
    if (inRow) {
      const { table, row } = peopleOf(world)[which] ?? {}
      if (table === undefined || row === undefined) continue
      const { id, etag: _, ...more } = row
      const key = Object.keys(rowFields([]))[index] ?? ''
      const edit = rowFields([0, value, value, value, value])[key] ?? null
      putRow(table, id, { ...row.fields, [key]: edit }, more)
    } else {
      const contact = [...world.contacts.values()][which]
      if (contact === undefined) continue
      const key = Object.keys(contactFields([]))[index] ?? ''
      const edit = contactFields([0, value, value, value, value])[key] ?? null
      putContact(world, contact.id, { ...contact.fields, [key]: edit }, contact)
    }
  }
}
