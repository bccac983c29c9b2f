import { describe, expect, it } from 'vitest'
import {
  createActiveCampaignSimulator,
  DataFileError,
  readActiveCampaignFile,
  readDynamicsFile,
  sampleData,
} from '../../src/index.ts'
import { temporaryFile } from './files.ts'

const json = (content: unknown) => temporaryFile('data.json', JSON.stringify(content))

async function problemOf(reading: Promise<unknown>): Promise<DataFileError> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof DataFileError)) throw new Error('expected a DataFileError', { cause: error })
  expect(error.message).not.toContain('\n')
  expect(error.message).toContain(error.file)
  return error
}

describe('readDynamicsFile', () => {
  it('reads what the sample is made of', async () => {
    const { dynamics } = sampleData()
    expect(await readDynamicsFile(await json(dynamics))).toEqual(dynamics)
  })

  it('takes rows with annotations, lookups and unknown columns as they are', async () => {
    const row = {
      '@odata.etag': 'W/"12"',
      contactid: '5f9cdb5c-3a4e-4f0c-8d0e-0a9e2f2b7a11',
      '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'account',
      _parentcustomerid_value: '0f9cdb5c-3a4e-4f0c-8d0e-0a9e2f2b7a12',
      new_anything: 1.5,
    }
    const data = await readDynamicsFile(await json({ '@odata.context': 'x', contacts: [row] }))
    expect(data.contacts).toEqual([row])
    expect(data.leads).toEqual([])
  })

  it('reads a file with a byte order mark', async () => {
    const path = await temporaryFile('bom.json', '\uFEFF{"contacts":[]}')
    expect((await readDynamicsFile(path)).contacts).toEqual([])
  })

  it.each([
    ['a list', [], 'expected an object'],
    ['null', null, 'expected an object'],
    ['no known list', {}, 'holds none'],
    ['a mistyped list', { contact: [] }, 'unknown list "contact"'],
    ['a list that is none', { contacts: {} }, 'contacts: is not a list'],
    ['a row that is a text', { contacts: [{}, 'x'] }, 'contacts row 2: is not an object'],
    ['a row that is a list', { contacts: [[]] }, 'contacts row 1: is not an object'],
    ['a key that is no GUID', { leads: [{ leadid: '7' }] }, 'leads row 1: leadid is not a GUID'],
    ['a text that is a number', { contacts: [{ lastname: 5 }] }, 'contacts row 1: lastname is not a text'],
    [
      'an answer of the Web API',
      { '@odata.context': 'https://org.example/api/data/v9.2/$metadata#contacts', value: [] },
      'under "value", as an answer of Dataverse does; name that list what its rows are: contacts, leads',
    ],
    [
      'a column in another case',
      { contacts: [{}, { toString: 'x' }] },
      "contacts row 2: toString is no column's name",
    ],
    [
      'control characters',
      { contacts: [{ '\u001b[2J': 'x' }] },
      "contacts row 1: \\u001b[2J is no column's name",
    ],
    [
      'a flag that is a text',
      { contacts: [{ donotbulkemail: 'yes' }] },
      'donotbulkemail is not true or false',
    ],
    ['a date that is none', { contacts: [{ birthdate: '2023-02-29' }] }, 'birthdate is not a date'],
    ['money that is a text', { opportunities: [{ estimatedvalue: '5' }] }, 'estimatedvalue is not a number'],
    [
      'a key that is there twice',
      {
        contacts: [
          { contactid: '5f9cdb5c-3a4e-4f0c-8d0e-0a9e2f2b7a11' },
          { contactid: '5F9CDB5C-3A4E-4F0C-8D0E-0A9E2F2B7A11' },
        ],
      },
      'contacts row 2: contactid is the same as in row 1',
    ],
  ])('refuses %s in one line', async (_, content, message) => {
    const error = await problemOf(readDynamicsFile(await json(content)))
    expect(error.code).toBe('shape')
    expect(error.message).toContain(message)
  })

  it('refuses __proto__ as the name of a column', async () => {
    const path = await temporaryFile('proto.json', '{"contacts":[{"__proto__":"x"}]}')
    expect((await problemOf(readDynamicsFile(path))).message).toContain('row 1: __proto__ is no name')
  })

  it('lets an expanded lookup be empty', async () => {
    const row = { lastname: 'Ek', new_Dealer: null }
    expect((await readDynamicsFile(await json({ contacts: [row] }))).contacts).toEqual([row])
  })

  it('tells a missing file, an empty one, broken JSON and other encodings apart', async () => {
    const codeOf = async (path: string) => (await problemOf(readDynamicsFile(path))).code
    expect(await codeOf('/nowhere/data.json')).toBe('missing')
    expect(await codeOf(await temporaryFile('empty.json', ' \n'))).toBe('empty')
    expect(await codeOf(await temporaryFile('cut.json', '{"contacts": [\n{'))).toBe('syntax')
    expect(await codeOf(await temporaryFile('page.json', '<html></html>'))).toBe('syntax')
    expect(
      await codeOf(await temporaryFile('latin1.json', Buffer.from('{"contacts":["é"]}', 'latin1'))),
    ).toBe('syntax')
  })
})

describe('readActiveCampaignFile', () => {
  it('reads what the sample is made of', async () => {
    const { activeCampaign } = sampleData()
    expect(await readActiveCampaignFile(await json(activeCampaign))).toEqual(activeCampaign)
  })

  it('keeps keys of a row that it does not know', async () => {
    const row = {
      id: '4',
      email: 'ada@example.com',
      links: { notes: 'x' },
      scoreValues: [],
      bounced_date: null,
    }
    expect((await readActiveCampaignFile(await json({ contacts: [row] }))).contacts).toEqual([row])
  })

  it('reads answers of the API as they are', async () => {
    const beside = { scoreValues: [], meta: { total: '1' } }
    const contact = { id: '5', email: 'ada@example.com', fieldValues: ['9'], links: {} }
    const value = { contact: '5', field: '1', value: 'Blue', id: '9' }
    const contacts = await readActiveCampaignFile(
      await json({ ...beside, contacts: [contact, { id: '6', fieldValues: ['10'] }], fieldValues: [value] }),
    )
    expect(contacts.contacts).toEqual([
      { ...contact, fieldValues: [{ field: '1', value: 'Blue' }] },
      { id: '6', fieldValues: [] },
    ])
    const field = { id: '1', title: 'Colour', type: 'dropdown', options: ['3', '4'], perstag: 'COLOUR' }
    const fieldOptions = [
      { id: '3', field: '1', value: 'Blue', label: 'Blue' },
      { id: '4', field: '1', value: 'Red', label: 'Red' },
    ]
    const fields = await readActiveCampaignFile(
      await json({ fieldOptions, fieldRels: [], fields: [{ ...field, descript: '' }], meta: {} }),
    )
    expect(fields.fields).toEqual([{ ...field, options: ['Blue', 'Red'] }])
    const accounts = await json({ accounts: [{ id: '1', name: 'Lind & Co' }], meta: { total: '1' } })
    expect((await readActiveCampaignFile(accounts)).accounts).toHaveLength(1)
  })

  it('reads what the simulator itself answers', async () => {
    const simulator = createActiveCampaignSimulator()
    simulator.defineField({ title: 'Colour', type: 'dropdown', options: ['Blue', 'Red'] })
    simulator.insertContact({ email: 'ada@example.com', fields: { COLOUR: 'Blue' } })
    const answers = ['contacts', 'fields', 'accounts'].map(async (path) => {
      const headers = { 'Api-Token': simulator.apiKey }
      const answer = await simulator.fetch(new Request(`${simulator.baseUrl}/api/3/${path}`, { headers }))
      return readActiveCampaignFile(await temporaryFile('answer.json', await answer.text()))
    })
    const [contacts, fields] = await Promise.all(answers)
    expect(contacts?.contacts).toMatchObject([{ email: 'ada@example.com' }])
    expect(fields?.fields).toMatchObject([{ title: 'Colour', options: ['Blue', 'Red'] }])
  })

  it.each([
    ['nothing but side information', { meta: {} }, 'holds none of the lists'],
    ['an unknown list', { contacts: [], people: [] }, 'unknown list "people"'],
    ['an e-mail that is a number', { contacts: [{ email: 5 }] }, 'contacts row 1: email is not a text'],
    [
      'field values that are no list',
      { contacts: [{ fieldValues: {} }] },
      'contacts row 1: fieldValues is not a list',
    ],
    [
      'a field value without field',
      { contacts: [{ fieldValues: [{ value: 'x' }] }] },
      'contacts row 1: fieldValues.0.field',
    ],
    [
      'tags that are no names',
      { contacts: [{ tags: [1] }] },
      'contacts row 1: tags.0 is not the name of a tag',
    ],
    ['an account without a name', { accounts: [{ id: '1' }] }, 'accounts row 1: name is not a text'],
    [
      'an e-mail that is there twice',
      { contacts: [{ email: 'ada@example.com' }, { email: 'Ada@example.com' }] },
      'contacts row 2: email is the same as in row 1',
    ],
  ])('refuses %s in one line', async (_, content, message) => {
    const error = await problemOf(readActiveCampaignFile(await json(content)))
    expect(error.message).toContain(message)
  })
})
