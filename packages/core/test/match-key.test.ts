import { expect, test } from 'vitest'
import { matchKeysOfActiveCampaign, matchKeysOfDynamics } from '../src/index.ts'
import { isSameKey } from '../src/match/match-key.ts'
import { contactsDefinition } from './kit/definition.ts'
import { entityIn } from './kit/world.ts'

const contacts = entityIn(
  contactsDefinition({
    match: [
      { dynamics: 'emailaddress1', activeCampaign: 'email' },
      { dynamics: 'governmentid', activeCampaign: 'ID_NUMBER' },
    ],
  }),
  'contacts',
)

test('both sides have the same keys, in the order of the rules', () => {
  const keys = ['email:ana@example.com', 'ID_NUMBER:a7']
  expect(matchKeysOfDynamics(contacts, { emailaddress1: ' Ana@Example.com', governmentid: 'A7' })).toEqual(
    keys,
  )
  expect(matchKeysOfActiveCampaign(contacts, { email: 'ana@example.com', ID_NUMBER: 'a7 ' })).toEqual(keys)
})

test.each([null, '', '  ', 'ana at example'])('%j is no key', (email) => {
  expect(matchKeysOfDynamics(contacts, { emailaddress1: email, governmentid: '7' })).toEqual(['ID_NUMBER:7'])
  expect(matchKeysOfActiveCampaign(contacts, { email, ID_NUMBER: '7' })).toEqual(['ID_NUMBER:7'])
})

test('a key has up to 400 characters', () => {
  const [key, longer] = ['7'.repeat(400), '7'.repeat(401)]
  expect(matchKeysOfDynamics(contacts, { governmentid: key })).toEqual([`ID_NUMBER:${key}`])
  expect(matchKeysOfDynamics(contacts, { governmentid: longer })).toEqual([])
  expect(matchKeysOfActiveCampaign(contacts, { ID_NUMBER: longer })).toEqual([])
})

test('records without a key have none in common', () => {
  const key = { kind: 'key', key: 'email:ana@example.com' } as const
  expect(isSameKey(key, { ...key })).toBe(true)
  expect(isSameKey(key, { kind: 'key', key: 'email:bob@example.com' })).toBe(false)
  expect(isSameKey(key, { kind: 'none' })).toBe(false)
  expect(isSameKey({ kind: 'malformed' }, key)).toBe(false)
  expect(isSameKey({ kind: 'none' }, { kind: 'malformed' })).toBe(false)
})
