import { describe, expect, test } from 'vitest'
import {
  account,
  type ColumnInfo,
  type ColumnMap,
  contact,
  lead,
  opportunity,
  organization,
  role,
  systemuser,
  team,
  transactioncurrency,
} from '../src/index.ts'
import { createEnvironment } from './environment.ts'

/** What a schema may say of each type of the metadata. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  StringType: ['text'],
  MemoType: ['text'],
  IntegerType: ['integer'],
  BigIntType: ['integer'],
  DecimalType: ['decimal'],
  DoubleType: ['decimal'],
  MoneyType: ['money'],
  BooleanType: ['boolean'],
  PicklistType: ['choice'],
  StateType: ['choice'],
  StatusType: ['choice'],
  MultiSelectPicklistType: ['choices'],
  DateTimeType: ['dateTime'],
  DateOnly: ['dateOnly'],
  UniqueidentifierType: ['guid'],
  LookupType: ['lookup'],
  CustomerType: ['lookup'],
  OwnerType: ['lookup'],
}

/** A column of days is of the type of instants, with another behaviour. */
const typeOf = ({ type, dateBehavior }: ColumnInfo): string =>
  dateBehavior === 'DateOnly' ? dateBehavior : type

describe('metadata', () => {
  test('lists tables with the names that the API needs', async () => {
    const { client } = createEnvironment()
    const tables = await client.metadata.tables()
    expect(tables.find(({ logicalName }) => logicalName === 'opportunity')).toMatchObject({
      schemaName: 'Opportunity',
      entitySet: 'opportunities',
      primaryId: 'opportunityid',
      primaryName: 'name',
      isCustom: false,
    })
  })

  test('says whether a table has change tracking', async () => {
    const { client, simulator } = createEnvironment()
    expect((await client.metadata.table('contact')).hasChangeTracking).toBe(true)
    simulator.trackChanges('contact', false)
    expect(await client.metadata.table('contact')).toMatchObject({
      hasChangeTracking: false,
      hasOptimisticConcurrency: true,
      label: 'Contact',
    })
  })

  test('tells computed columns, and those that only show another one in words', async () => {
    const { client, simulator } = createEnvironment()
    const hidden = { type: 'text', validForOData: false } as const
    simulator.defineColumn('lead', { name: 'new_Total', type: 'money', sourceType: 2 })
    simulator.defineColumn('lead', { name: 'new_OwnerName', attributeOf: 'ownerid', ...hidden })
    const columns = new Map(
      (await client.metadata.columns('lead')).map((column) => [column.logicalName, column]),
    )
    expect(columns.get('new_total')).toMatchObject({ isComputed: true, canRead: true })
    expect(columns.get('new_ownername')).toMatchObject({ attributeOf: 'ownerid', canRead: false })
    expect(columns.get('subject')).toMatchObject({ isComputed: false, attributeOf: undefined, canRead: true })
  })

  test('knows lengths, ranges, options, targets and dates of columns', async () => {
    const { client } = createEnvironment()
    const columns = new Map(
      (await client.metadata.columns('lead')).map((column) => [column.logicalName, column]),
    )
    expect(columns.get('mobilephone')).toMatchObject({ type: 'StringType', maxLength: 20 })
    expect(columns.get('description')).toMatchObject({ type: 'MemoType', maxLength: 2_000 })
    expect(columns.get('fullname')).toMatchObject({ canUpdate: false, canRead: true })
    expect(columns.get('subject')).toMatchObject({ requiredLevel: 'ApplicationRequired', canCreate: true })
    expect(columns.get('leadqualitycode')?.options).toMatchObject([
      { value: 1, label: 'Hot', labels: { 1033: 'Hot' } },
      { value: 2, label: 'Warm' },
      { value: 3, label: 'Cold' },
    ])
    expect(columns.get('statuscode')?.options).toContainEqual(
      expect.objectContaining({ value: 3, label: 'Qualified', state: 1 }),
    )
    expect(columns.get('donotbulkemail')?.options).toMatchObject([{ value: 0 }, { value: 1 }])
    expect(columns.get('estimatedclosedate')).toMatchObject({
      type: 'DateTimeType',
      dateBehavior: 'DateOnly',
    })
    expect(columns.get('revenue')).toMatchObject({ type: 'MoneyType', precision: expect.any(Number) })
    expect(columns.get('customerid')?.targets?.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'account',
      'contact',
    ])
  })

  test.each([account, contact, lead, opportunity, systemuser, team, role, transactioncurrency, organization])(
    '$logicalName: the shipped table has the types, targets and access of the environment',
    async (table) => {
      const { client } = createEnvironment()
      const actual = new Map(
        (await client.metadata.columns(table.logicalName)).map((column) => [column.logicalName, column]),
      )
      const columns: ColumnMap = table.columns
      const wrong = Object.entries(columns).flatMap(([name, column]) => {
        const info = actual.get(name)
        if (info === undefined) return [`${name} is missing`]
        const isWritable = column.access === 'read' || info.canUpdate || info.canCreate
        return [
          ...(kinds[typeOf(info)]?.includes(column.kind)
            ? []
            : [`${name}: ${column.kind} is a ${typeOf(info)}`]),
          ...(isWritable ? [] : [`${name} is read-only`]),
        ]
      })
      expect(wrong).toEqual([])
    },
  )

  test('sees custom columns as they are', async () => {
    const { client, simulator } = createEnvironment()
    simulator.defineColumn('contact', {
      name: 'new_Interests',
      type: 'choices',
      options: [
        { value: 1, label: 'Sailing' },
        { value: 9, label: 'Chess' },
      ],
    })
    const columns = await client.metadata.columns('contact')
    expect(columns.find(({ logicalName }) => logicalName === 'new_interests')).toMatchObject({
      schemaName: 'new_Interests',
      type: 'MultiSelectPicklistType',
      isCustom: true,
      options: [
        { value: 1, label: 'Sailing' },
        { value: 9, label: 'Chess' },
      ],
    })
  })

  test('finds the navigation properties of lookups', async () => {
    const { client } = createEnvironment()
    const lookups = await client.metadata.lookups('contact')
    const names = lookups
      .filter(({ column }) => column === 'parentcustomerid')
      .map(({ navigation }) => navigation)
    expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual([
      'parentcustomerid_account',
      'parentcustomerid_contact',
    ])
  })

  test('lists alternate keys', async () => {
    const { client, simulator } = createEnvironment()
    simulator.defineKey('contact', 'new_external', ['externaluseridentifier'])
    expect(await client.metadata.keys('contact')).toMatchObject([
      { columns: ['externaluseridentifier'], indexStatus: 'Active' },
    ])
  })

  test('a table that is not there is an error, quotes or not', async () => {
    const { client } = createEnvironment()
    for (const name of ['nothing', "o'brien"]) {
      await expect(client.metadata.table(name)).rejects.toMatchObject({ name: 'DynamicsError' })
    }
  })
})
