import type { Fields, FieldValue } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { type ListStatus, marks } from '../../src/index.ts'
import { deleteRow, putContact, putRow, type World } from './world.ts'

/** Few values, so that records meet; the same index means the same value on both sides. */
const emails = ['a@example.com', 'b@example.com', 'c@example.com', '', 'not an address']
const texts = ['', 'x', 'y', ' x ']
const numbers = [null, 0, 1, 2]
const days = [null, '2000-01-01', '1999-12-31', '1980-02-29']

export const rowFields = ([
  email = 0,
  name = 0,
  job = 0,
  children = 0,
  birth = 0,
]: readonly number[]): Fields => ({
  emailaddress1: emails[email] ?? null,
  firstname: texts[name] ?? null,
  jobtitle: texts[job] ?? null,
  numberofchildren: numbers[children] ?? null,
  birthdate: days[birth] ?? null,
})

const textOf = (value: FieldValue | undefined): string => (value == null ? '' : String(value))

export const contactFields = (values: readonly number[]): Fields => {
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

type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

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
