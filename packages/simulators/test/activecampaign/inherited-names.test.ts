import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

const names = ['constructor', '__proto__', 'toString']

test.each(names)('%s in a body is ignored like any other unknown key', async (name) => {
  const account = testAccount()
  const told = async (key: string) => {
    const sent = `{"tag":{"tag":"Trial ${key}","tagType":"contact","${key}":"x"}}`
    const { body } = await account.call('POST', 'tags', sent)
    const changed = await account.call('PUT', `tags/${body.tag.id}`, sent)
    return Object.keys(changed.body.tag)
  }
  expect(await told(name)).toEqual(await told('nonsense'))
})

test.each(names)('a column called %s of a loaded contact is dropped', async (name) => {
  const { simulator } = testAccount()
  simulator.insertContact(JSON.parse(`{"email":"ann@example.com","${name}":"x"}`))
  expect(Object.hasOwn(simulator.contacts()[0]?.row ?? {}, name)).toBe(false)
})

test.each([
  ['GET', 'tags?filters[tag][NAME]=x'],
  ['GET', 'tags?filters[NAME]=x'],
  ['GET', 'tags?orders[NAME]=ASC'],
  ['GET', 'activities?contact=1&include=reference.NAME'],
  ['POST', '/admin/api.php?api_action=NAME'],
])('%s %s means nothing', async (method, path) => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'ann@example.com', tags: ['Trial', 'Member'] })
  await account.post('notes', { note: { note: 'Hi', relid: 1, reltype: 'Subscriber' } })
  await account.get('contacts/1')
  const told = async (name: string) => {
    const { status, text } = await account.call(method, path.replace('NAME', name))
    return [status, text.replaceAll(name, 'NAME')]
  }
  for (const name of names) expect(await told(name)).toEqual(await told('nonsense'))
})

test.each(names)('a note on a %s is refused', async (name) => {
  const account = testAccount()
  const { status, text } = await account.post('notes', { note: { note: 'Hi', relid: 1, reltype: name } })
  expect(status).toBe(422)
  expect(text).toContain('is not valid')
})
