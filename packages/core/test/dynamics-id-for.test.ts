import { expect, test } from 'vitest'
import { dynamicsIdFor } from '../src/index.ts'

test('the GUID is the same for the same contact, and of version 5', () => {
  const id = dynamicsIdFor('113', 'contacts', 'contoso')
  expect(id).toBe(dynamicsIdFor('113', 'contacts', 'contoso'))
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('contact, entity and tenant each make another GUID', () => {
  const ids = [
    dynamicsIdFor('113', 'contacts', 'contoso'),
    dynamicsIdFor('114', 'contacts', 'contoso'),
    dynamicsIdFor('113', 'leads', 'contoso'),
    dynamicsIdFor('113', 'contacts', 'fabrikam'),
  ]
  expect(new Set(ids).size).toBe(4)
})
