import { describe, expect, it } from 'vitest'
import {
  type ActiveCampaignData,
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  DataFileError,
  type DynamicsData,
  loadInto,
  sampleData,
} from '../../src/index.ts'

const filled = (activeCampaign: Partial<ActiveCampaignData>) => {
  const simulator = createActiveCampaignSimulator()
  loadInto(
    { activeCampaign: simulator },
    { activeCampaign: { contacts: [], accounts: [], fields: [], ...activeCampaign } },
  )
  return simulator
}

const filledDynamics = (data: Partial<DynamicsData>) => {
  const dynamics = createDynamicsSimulator()
  const nothing = { contacts: [], leads: [], accounts: [], opportunities: [], columns: [] }
  loadInto({ dynamics }, { dynamics: { ...nothing, ...data }, dynamicsFile: 'rows.json' })
  return dynamics
}

describe('what a load made', () => {
  const load = (data: Parameters<typeof loadInto>[1]) =>
    loadInto({ dynamics: createDynamicsSimulator(), activeCampaign: createActiveCampaignSimulator() }, data)

  it('is nothing for the sample, which describes its columns and fields', () => {
    expect(load(sampleData())).toEqual({ columns: [], fields: [] })
  })

  it('names columns and fields that nobody describes, mistyped ones among them', () => {
    const value = (field: string) => ({ field, value: 'x' })
    const made = load({
      dynamics: {
        contacts: [{ lastname: 'Ek', emailadress1: 'ek@example.com', new_known: 5 }],
        leads: [{ subject: 'A', new_score: 5 }],
        accounts: [],
        opportunities: [],
        columns: [{ table: 'contacts', name: 'new_known', label: 'Known', type: 'integer' }],
      },
      activeCampaign: {
        contacts: [{ email: 'ek@example.com', fieldValues: [value('COLOUR'), value('COLUOR')] }],
        accounts: [],
        fields: [{ title: 'Colour', type: 'text' }],
      },
    })
    expect(made.columns).toEqual([
      { table: 'contacts', name: 'emailadress1', type: 'text' },
      { table: 'leads', name: 'new_score', type: 'integer' },
    ])
    expect(made.fields).toMatchObject([{ title: 'COLUOR', perstag: 'COLUOR', type: 'text' }])
  })
})

describe('loading Dynamics', () => {
  it('takes the whole sample, with its values and lookups', () => {
    const { dynamics } = sampleData({ people: 100 })
    const simulator = filledDynamics(dynamics)
    const names = {
      contacts: 'contact',
      leads: 'lead',
      accounts: 'account',
      opportunities: 'opportunity',
    } as const
    for (const table of ['contacts', 'leads', 'accounts', 'opportunities'] as const) {
      const name = names[table]
      expect(simulator.rows(name)).toHaveLength(dynamics[table].length)
      for (const row of dynamics[table]) {
        const kept = Object.entries(row).filter(
          ([column, value]) => value !== null && column !== 'versionnumber' && !column.includes('@'),
        )
        expect(simulator.row(name, String(row[`${name}id`]))).toMatchObject(Object.fromEntries(kept))
      }
    }
  })

  it.each([
    ['a boolean', true],
    ['a whole number', 39],
    ['a decimal', 39.5],
    ['a date', '2024-02-29'],
    ['an instant', '2024-02-29T10:00:00Z'],
    ['a text', 'Blue'],
    ['lines', 'one\ntwo'],
    ['a long text', 'x'.repeat(5_000)],
  ])('makes a column for %s', (_, value) => {
    const simulator = filledDynamics({
      contacts: [
        { lastname: 'Ek', new_thing: value },
        { lastname: 'Lind', new_thing: null },
      ],
    })
    expect(simulator.columns('contact')).toContain('new_thing')
    expect(simulator.rows('contact').map(({ new_thing }) => new_thing)).toContain(value)
  })

  it('makes a lookup to the table that its annotation names', () => {
    const accountid = '0f9cdb5c-3a4e-4f0c-8d0e-0a9e2f2b7a12'
    const lookup = {
      _new_dealer_value: accountid,
      '_new_dealer_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
    }
    const simulator = filledDynamics({
      accounts: [{ accountid, name: 'Dealer' }],
      contacts: [{ lastname: 'Ek', ...lookup }],
    })
    expect(simulator.rows('contact')).toMatchObject([{ _new_dealer_value: accountid }])
  })

  it('leaves expanded rows and annotations aside', () => {
    const row = {
      '@odata.etag': 'W/"1"',
      lastname: 'Ek',
      owninguser: { systemuserid: 'x' },
      contact_tasks: [{ subject: 'x' }],
    }
    const simulator = filledDynamics({ contacts: [row] })
    expect(simulator.rows('contact')).toHaveLength(1)
    expect(simulator.columns('contact')).not.toContain('contact_tasks')
  })

  it('names file and row of a value that the service would not hold', () => {
    const load = () => filledDynamics({ leads: [{ subject: 'A' }, { subject: 'B', leadqualitycode: 77 }] })
    expect(load).toThrow(DataFileError)
    expect(load).toThrow(/^rows\.json: leads row 2: .*leadqualitycode/)
  })
})

describe('loading ActiveCampaign', () => {
  it('takes the whole sample, with its values and tags', () => {
    const { activeCampaign } = sampleData({ people: 100 })
    const simulator = filled(activeCampaign)
    expect(simulator.contacts().map(({ id, email }) => [id, email])).toEqual(
      activeCampaign.contacts.map(({ id, email }) => [id, email]),
    )
    expect(simulator.fields().map(({ perstag }) => perstag)).toEqual(
      activeCampaign.fields.map(({ perstag }) => perstag),
    )
  })

  it.each([
    ['text', ['a', '', null]],
    ['textarea', ['one\ntwo']],
    ['textarea', ['x'.repeat(256)]],
    ['number', [1, 2.5]],
    ['date', ['2024-02-29']],
    ['datetime', ['2024-02-29T10:00:00+01:00']],
    ['listbox', [['a', 'b'], '||b||c||']],
    ['radio', [true, false]],
    ['text', ['2024-02-29', 'soon']],
    ['text', [null]],
  ])('makes an unknown field a %s for %j', (type, values) => {
    const contacts = values.map((value, index) => ({
      email: `person${index}@example.com`,
      fieldValues: [{ field: 'NEWS', value }],
    }))
    const [field] = filled({ contacts }).fields()
    expect(field?.type).toBe(type)
    expect(field?.perstag).toBe('NEWS')
    if (type === 'listbox') expect(field?.options).toEqual(['a', 'b', 'c'])
  })

  it('takes accounts', () => {
    expect(filled({ accounts: [{ id: '4', name: 'Lind & Co' }] }).rows('accounts')).toMatchObject([
      { name: 'Lind & Co' },
    ])
  })

  it('gives a field known by its id only that id', () => {
    const contacts = [{ email: 'ada@example.com', fieldValues: [{ field: '7', value: 'Blue' }] }]
    expect(filled({ contacts }).fields()).toMatchObject([{ id: '7', title: 'Field 7', type: 'text' }])
  })
})
