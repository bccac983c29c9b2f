import { describe, expectTypeOf, test } from 'vitest'
import {
  type Change,
  type CreateValues,
  contact,
  type DynamicsClient,
  defineTable,
  type Reference,
  type Row,
  text,
  type UpdateValues,
  type WireRow,
  type WireValues,
} from '../src/index.ts'

declare const client: DynamicsClient
const contacts = () => client.table(contact)

describe('rows', () => {
  test('are narrowed by select, with the id and the ETag always there', () => {
    const get = () => contacts().get('', { select: ['fullname', 'donotbulkemail', 'parentcustomerid'] })
    expectTypeOf<Awaited<ReturnType<typeof get>>>().toEqualTypeOf<{
      readonly '@odata.etag'?: string
      readonly contactid: string
      readonly fullname: string | null
      readonly donotbulkemail: boolean | null
      readonly _parentcustomerid_value: string | null
    }>()
  })

  test('have every column of the schema without a select', () => {
    expectTypeOf<Row<typeof contact>>().toHaveProperty('birthdate').toEqualTypeOf<string | null>()
    expectTypeOf<Row<typeof contact>>().toHaveProperty('_ownerid_value').toEqualTypeOf<string | null>()
  })

  test('of a table without a schema are as the wire has them', () => {
    const get = () => client.table('new_projects').get('', { select: ['anything'] })
    expectTypeOf<Awaited<ReturnType<typeof get>>>().toEqualTypeOf<WireRow>()
  })

  test('come out of lists and feeds alike', () => {
    const feed = () => contacts().changes({ select: ['lastname'] })
    expectTypeOf<ReturnType<typeof feed>>().toExtend<AsyncIterable<Change<Row<typeof contact, 'lastname'>>>>()
  })

  test('select takes no column that the table lacks', () => {
    // @ts-expect-error companies have names, people have last names
    const wrong = () => contacts().list({ select: ['name'] })
    expectTypeOf(wrong).toBeFunction()
  })
})

describe('values', () => {
  test('are typed by column, lookups by their targets', () => {
    type Values = CreateValues<typeof contact>
    expectTypeOf<Values['lastname']>().toEqualTypeOf<string | null | undefined>()
    expectTypeOf<Values['parentcustomerid']>().toEqualTypeOf<
      Reference<'account' | 'contact'> | null | undefined
    >()
  })

  test('leave out what the service would refuse or ignore', () => {
    expectTypeOf<CreateValues<typeof contact>>().not.toHaveProperty('fullname')
    expectTypeOf<CreateValues<typeof contact>>().not.toHaveProperty('statecode')
    expectTypeOf<UpdateValues<typeof contact>>().toHaveProperty('statecode')
  })

  test('of a table without a schema are JSON', () => {
    const table = () => client.table('new_projects')
    expectTypeOf<Parameters<ReturnType<typeof table>['create']>[0]>().toEqualTypeOf<WireValues>()
  })

  test('of a returning write are the row', () => {
    const create = () => contacts().create({ lastname: 'Ek' }, { returning: ['fullname'] })
    expectTypeOf<Awaited<ReturnType<typeof create>>>().toEqualTypeOf<Row<typeof contact, 'fullname'>>()
  })
})

test('a shipped table is extended by spreading it', () => {
  const ours = defineTable({ ...contact, columns: { ...contact.columns, new_number: text() } })
  expectTypeOf<Row<typeof ours, 'new_number'>>().toHaveProperty('new_number').toEqualTypeOf<string | null>()
})
