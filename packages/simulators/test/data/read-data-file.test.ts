import { describe, expect, it } from 'vitest'
import { DataFileError, readActiveCampaignFile, readDynamicsFile, sampleData } from '../../src/index.ts'
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

  it.each([
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
