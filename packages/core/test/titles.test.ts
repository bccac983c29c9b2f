/** What a plan calls a record: by its key, else by its name, else by its id; nothing private is a title. */
import { type Fields, map } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const privately = contactsDefinition({
  fields: [
    map('emailaddress1', 'email', { sensitive: true }),
    map('firstname', 'firstName'),
    map('lastname', 'lastName', { sensitive: true }),
  ],
})

const titles = (row: Fields, contact: Fields, definition = contactsDefinition()): readonly string[] => {
  const world = emptyWorld()
  putRow(world, 'd1', row)
  putContact(world, '7', contact)
  const { actions, holds, skips } = planWorld(world, definition)
  return [...actions, ...holds, ...skips].map(({ title }) => title)
}

test.each([
  ['by its key', { emailaddress1: 'ana@example.com', firstname: 'Ana' }, 'ana@example.com'],
  ['by both names', { firstname: ' Ana ', lastname: 'Novak ' }, 'Ana Novak'],
  ['by the one name it has', { firstname: ' ', lastname: 'Novak' }, 'Novak'],
  ['by its id', { firstname: ' ' }, 'd1'],
])('a row is called %s', (_, row, title) => {
  expect(titles(row, { email: 'bob@example.com' })).toContain(title)
})

test.each([
  ['by its names', { email: '', firstName: 'Ana', lastName: ' Novak' }, 'Ana Novak'],
  ['by its id', { email: '' }, 'contact 7'],
])('a contact without a key is called %s', (_, contact, title) => {
  expect(titles({ emailaddress1: 'bob@example.com' }, contact)).toContain(title)
})

test('where the key is private, the id is the title; a private name is none', () => {
  const ana = { emailaddress1: 'ana@example.com', firstname: 'Ana', lastname: 'Novak' }
  expect(titles(ana, { email: 'bob@example.com', firstName: 'Bob' }, privately)).toEqual(['d1', 'contact 7'])
  const named = contactsDefinition({
    fields: [
      map('emailaddress1', 'email'),
      map('firstname', 'firstName'),
      map('lastname', 'lastName', { sensitive: true }),
    ],
  })
  expect(titles({ firstname: 'Ana', lastname: 'Novak' }, { email: '', lastName: 'Smith' }, named)).toEqual([
    'contact 7',
    'Ana',
  ])
})
