import { describe, expect, it } from 'vitest'
import {
  type ActiveCampaignData,
  createActiveCampaignSimulator,
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

  it('gives a field known by its id only that id', () => {
    const contacts = [{ email: 'ada@example.com', fieldValues: [{ field: '7', value: 'Blue' }] }]
    expect(filled({ contacts }).fields()).toMatchObject([{ id: '7', title: 'Field 7', type: 'text' }])
  })
})
