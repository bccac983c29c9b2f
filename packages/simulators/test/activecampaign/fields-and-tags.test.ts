import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

test('a personalisation tag is made of the title, or stripped of blanks when sent', async () => {
  const account = testAccount()
  const made = async (field: Record<string, unknown>) =>
    (await account.post('fields', { field: { type: 'text', ...field } })).body.field.perstag
  expect(await made({ title: 'Favourite colour' })).toBe('FAVOURITE_COLOUR')
  expect(await made({ title: 'Other', perstag: 'Personalized Tag' })).toBe('PERSONALIZEDTAG')
})

test('titles of fields are unique and types known', async () => {
  const account = testAccount()
  await account.post('fields', { field: { title: 'City', type: 'text' } })
  const duplicate = await account.post('fields', { field: { title: 'City', type: 'text' } })
  expect(duplicate.body.errors[0]).toMatchObject({
    title: "There is already a field named 'City' -- choose another name",
    code: 'duplicate',
  })
  expect((await account.post('fields', { field: { title: 'Price', type: 'currency' } })).status).toBe(422)
})

test('options are made in bulk; deleting one answers 200 with an empty body', async () => {
  const account = testAccount()
  await account.post('fields', { field: { title: 'Size', type: 'dropdown' } })
  const wrong = await account.post('fieldOption/bulk', { fieldOptions: 'Small' })
  expect(wrong).toMatchObject({
    status: 422,
    body: { errors: 'Bulk operation failed. Request must contain an array of fieldOption objects.' },
  })
  const options = ['Small', 'Large'].map((value, index) => ({
    field: '1',
    value,
    label: value,
    orderid: index + 1,
  }))
  expect((await account.post('fieldOption/bulk', { fieldOptions: options })).status).toBe(201)
  const list = (await account.get('fields')).body
  expect(list.fields[0].options).toEqual(['1', '2'])
  expect(list.fieldOptions).toMatchObject([{ value: 'Small', orderid: '1' }, { value: 'Large' }])
  const removed = await account.remove('fieldOptions/1')
  expect([removed.status, removed.text]).toEqual([200, ''])
})

test('relations, fields and values go with their field; deleting twice is 404', async () => {
  const account = testAccount()
  account.simulator.defineField({ title: 'City', type: 'text' })
  account.simulator.insertContact({ email: 'mira.holt@example.com', fields: { CITY: 'Oslo' } })
  expect((await account.post('fieldRels', { fieldRel: { field: '1', relid: '0' } })).status).toBe(201)
  expect((await account.get('fields/1')).body.field.relations).toEqual(['1'])
  expect((await account.remove('fields/1')).body).toEqual({})
  expect(account.simulator.rows('fieldValues')).toEqual([])
  expect((await account.remove('fields/1')).body).toEqual({ message: 'No Result found for Field with id 1' })
})

test('a field value is one row per contact and field', async () => {
  const account = testAccount()
  account.simulator.defineField({ title: 'City', type: 'text' })
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  const write = (value: string) =>
    account.post('fieldValues', { fieldValue: { contact: 1, field: 1, value } })
  const first = await write('Oslo')
  expect(first.status).toBe(201)
  expect(first.body.contacts).toHaveLength(1)
  expect(first.body.fieldValue).toMatchObject({ contact: 1, field: 1, owner: 1, value: 'Oslo' })
  await write('Bergen')
  const { fieldValues, meta } = (await account.get('fieldValues?filters[fieldid]=1&filters[val]=Bergen')).body
  expect(meta).toEqual({ total: '1' })
  expect(fieldValues[0]).toMatchObject({ contact: '1', value: 'Bergen', owner: '1' })
  expect(
    (await account.put('fieldValues/1', { fieldValue: { value: 'Tromsø' } })).body.fieldValue.value,
  ).toBe('Tromsø')
})

test.each(['stored', 'rejected'] as const)(
  'a value that is no option is %s when so switched',
  async (unknownOption) => {
    const account = testAccount({ behaviour: { unknownOption } })
    account.simulator.defineField({ title: 'Size', type: 'dropdown', options: ['Small'] })
    account.simulator.insertContact({ email: 'mira.holt@example.com' })
    const answer = await account.put('contacts/1', {
      contact: { fieldValues: [{ field: 1, value: 'Huge' }] },
    })
    expect(answer.status).toBe(unknownOption === 'stored' ? 200 : 422)
  },
)

test('tags are found by search; a name exists once unless switched', async () => {
  const account = testAccount()
  const tag = { tag: '[D365: Lead]', tagType: 'contact' }
  expect((await account.post('tags', { tag })).status).toBe(201)
  expect((await account.post('tags', { tag })).status).toBe(422)
  expect((await account.get('tags?search=lead')).body.tags).toHaveLength(1)
  expect(
    (await account.get(`tags?filters[search][eq]=${encodeURIComponent('[D365: Lead]')}`)).body.tags,
  ).toHaveLength(1)
  const lenient = testAccount({ behaviour: { duplicateTag: 'existing' } })
  await lenient.post('tags', { tag })
  expect(await lenient.post('tags', { tag })).toMatchObject({ status: 200, body: { tag: { id: '1' } } })
})

test('tagging names what is missing', async () => {
  const account = testAccount()
  const missing = await account.post('contactTags', { contactTag: { tag: '1' } })
  expect(missing).toMatchObject({
    status: 422,
    body: {
      errors: [{ status: 422, title: 'Missing attribute', source: { pointer: '/data/attributes/contact' } }],
    },
  })
  const nobody = await account.post('contactTags', { contactTag: { contact: '9', tag: '1' } })
  expect(nobody).toMatchObject({
    status: 404,
    body: { errors: [{ status: 404, title: 'Not Found', detail: 'Contact not found' }] },
  })
})

test('deleting a tag takes it from its contacts; removing a link needs the link', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com', tags: ['Trial', 'North'] })
  const { contactTags } = (await account.get('contacts/1/contactTags')).body
  expect(contactTags).toHaveLength(2)
  expect((await account.remove(`contactTags/${String(contactTags[0].id)}`)).status).toBe(200)
  expect((await account.remove(`contactTags/${String(contactTags[0].id)}`)).body.message).toBe(
    'No Result found for SubscriberTag with id 1',
  )
  await account.remove('tags/2')
  expect(account.simulator.contacts()[0]?.tags).toEqual([])
})

test('v1 tags by name', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  const act = (action: string, form: string) =>
    account.call('POST', `/admin/api.php?api_action=${action}`, form)
  expect(
    (await act('contact_tag_add', 'email=mira.holt@example.com&tags[]=Trial&tags=North')).body.result_code,
  ).toBe(1)
  expect((await act('contact_tag_remove', 'id=1&tags=North')).body.result_code).toBe(1)
  expect((await act('contact_tag_add', 'email=nobody@example.com&tags=X')).body).toMatchObject({
    result_code: 0,
    result_message: 'Contact does not exist',
  })
})

test('fields are put into groups of the user interface, with real numbers', async () => {
  const account = testAccount()
  account.simulator.defineField({ title: 'City', type: 'text' })
  const made = await account.post('groupDefinitions', { groupDefinition: { label: 'CRM', groupType: 1 } })
  expect(made.body.groupDefinition).toMatchObject({ id: 4, label: 'CRM', type_id: 1 })
  const member = await account.post('groupMembers', {
    groupMember: { rel_id: '1', ordernum: null, group_id: '4' },
  })
  expect(member.body.groupMember).toMatchObject({ id: 1, group_id: 4, rel_id: 1, ordernum: 1 })
  expect((await account.get('groupMembers')).body.groupDefinitions).toHaveLength(4)
  expect(await account.put('groupMembers/9', { groupMember: {} })).toMatchObject({
    status: 404,
    body: { message: 'No Result found for GroupDefinition with id 9' },
  })
  expect((await account.get('groupMembers/9')).body).toEqual({
    errors: [{ status: 404, title: 'Not Found' }],
  })
})

test.each([
  ['keeps-udate', 0],
  ['moves-udate', 60_000],
] as const)('taking a tag off %s, over the API, in version 1 and by a user', async (tagRemoval, laterMs) => {
  const ways: ((account: ReturnType<typeof testAccount>) => unknown)[] = [
    (account) => account.remove('contactTags/1'),
    (account) => account.call('POST', '/admin/api.php?api_action=contact_tag_remove', 'id=1&tags=Trial'),
    (account) => account.simulator.untagContact(1, 'Trial'),
  ]
  for (const takeOff of ways) {
    const account = testAccount({ behaviour: { tagRemoval } })
    const { updatedAtMs } = account.simulator.insertContact({
      email: 'mira.holt@example.com',
      tags: ['Trial'],
    })
    await account.clock.advance(60_000)
    await takeOff(account)
    expect(account.simulator.contacts()[0]).toMatchObject({ tags: [], updatedAtMs: updatedAtMs + laterMs })
  }
})
