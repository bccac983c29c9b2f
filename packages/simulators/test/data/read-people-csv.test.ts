import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DataFileError, readPeopleCsv } from '../../src/index.ts'
import { temporaryFile } from './files.ts'

const people = async (csv: string) => readPeopleCsv(await temporaryFile('people.csv', csv))
const withoutIds = ({ data }: Awaited<ReturnType<typeof people>>) =>
  data.contacts.map(({ contactid: _, ...columns }) => columns)

describe('readPeopleCsv', () => {
  it('reads back any texts, however they are delimited and broken into lines', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'ß', '漢', ' ', '"', ',', ';', '\n', '\r\n'),
      maxLength: 20,
    })
    const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        async (rows, delimiter, lineEnd) => {
          const lines = [['surname', 'job title'], ...rows].map((row) => row.map(quoted).join(delimiter))
          const read = withoutIds(await people(lines.join(lineEnd)))
          const kept = (value: string) => (value.trim() === '' ? null : value)
          expect(read).toEqual(
            rows.map(([lastname, jobtitle]) => ({ lastname: kept(lastname), jobtitle: kept(jobtitle) })),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('recognises columns by their usual names and lists the others', async () => {
    const result = await people(
      'First Name;SURNAME;E-Mail;Telephone;town;date_of_birth;shoe size\nAda;Ek;ada@example.com;0123;Bath;1990-02-28;39\n',
    )
    expect(withoutIds(result)).toEqual([
      {
        firstname: 'Ada',
        lastname: 'Ek',
        emailaddress1: 'ada@example.com',
        telephone1: '0123',
        address1_city: 'Bath',
        birthdate: '1990-02-28',
      },
    ])
    expect(result.ignored).toEqual(['shoe size'])
    expect(result.columns).toMatchObject({ 'E-Mail': 'emailaddress1', town: 'address1_city' })
  })

  it('keeps values as they are and makes empty ones null', async () => {
    const result = await people('given_name,lastname,email\n"Julia ",,hannah88opowersc@m\n   ,Ek,\n')
    expect(withoutIds(result)).toEqual([
      { firstname: 'Julia ', lastname: null, emailaddress1: 'hannah88opowersc@m' },
      { firstname: null, lastname: 'Ek', emailaddress1: null },
    ])
  })

  it('reads a byte order mark, CRLF, quotes, line breaks in quotes and no line break at the end', async () => {
    const result = await people('\uFEFFfirstname,notes\r\n"A ""B""","one\r\ntwo"\r\nC,"x,y"')
    expect(withoutIds(result)).toEqual([
      { firstname: 'A "B"', description: 'one\r\ntwo' },
      { firstname: 'C', description: 'x,y' },
    ])
  })

  it.each([',', ';', '\t', '|'])('finds out that the delimiter is %j', async (delimiter) => {
    const result = await people([`firstname${delimiter}email`, `Ada${delimiter}ada@example.com`].join('\n'))
    expect(withoutIds(result)).toEqual([{ firstname: 'Ada', emailaddress1: 'ada@example.com' }])
  })

  it('gives the same ids for the same file and different ids for different rows', async () => {
    const csv = `email\n${'same@example.com\n'.repeat(50)}`
    const ids = (await people(csv)).data.contacts.map(({ contactid }) => contactid)
    expect(new Set(ids).size).toBe(50)
    expect((await people(csv)).data.contacts.map(({ contactid }) => contactid)).toEqual(ids)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('leaves out what a column cannot hold, and says so', async () => {
    const result = await people(
      `firstname,dob,sex\nAda,1990-02-30,F\n${'x'.repeat(51)},31/12/1990,?\nBo,1752-12-31,male\n`,
    )
    expect(withoutIds(result)).toEqual([
      { firstname: 'Ada', birthdate: null, gendercode: 2 },
      { firstname: null, birthdate: null, gendercode: null },
      { firstname: 'Bo', birthdate: null, gendercode: 1 },
    ])
    expect(result.warnings.map(({ row, header }) => `${row} ${header}`)).toEqual([
      '1 dob',
      '2 firstname',
      '2 dob',
      '2 sex',
      '3 dob',
    ])
  })

  it('takes the first of two headers for one column and lists the second', async () => {
    const result = await people('email,Email,phone\na@example.com,b@example.com,1\n')
    expect(withoutIds(result)).toEqual([{ emailaddress1: 'a@example.com', telephone1: '1' }])
    expect(result.ignored).toEqual(['Email'])
  })

  it('gives headers so that a terminal may show them', async () => {
    const result = await people('email,\u001b[2Jcolour,"first\nname"\nada@example.com,blue,Ada\n')
    expect(result.ignored).toEqual(['\\u001b[2Jcolour'])
    expect(result.columns).toEqual({ email: 'emailaddress1', 'first\\u000aname': 'firstname' })
  })

  it.each([
    ['no known column', 'a,b\n1,2\n', 'shape', 'line 1'],
    ['a row that is too short', 'firstname,email\nAda,a@example.com\nBo\n', 'syntax', 'line 3'],
    ['a quote that never ends', 'firstname,email\n"Ada,a@example.com\n', 'syntax', 'line'],
    ['no rows', 'email\n', 'empty', 'has a header and no rows'],
    ['control characters', '\u001b[2Ja,\u202eb\n1,2\n', 'shape', '(\\u001b[2Ja, \\u202eb)'],
    ['nothing', '', 'empty', 'the file is empty'],
  ])('refuses %s in one line', async (_, csv, code, message) => {
    const error = await people(csv).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(DataFileError)
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) })
    expect(String(error)).not.toContain('\n')
  })
})
