import { expect, test } from 'vitest'
import { createDynamicsSimulator } from '../../src/index.ts'
import { connect } from './client.ts'

const withColumn = async (name: string) => {
  const simulator = createDynamicsSimulator()
  simulator.defineColumn('contact', { name, type: 'text' })
  simulator.insert('contact', { lastname: 'Ek', [name]: 'blue' })
  simulator.insert('contact', { lastname: 'Lind' })
  return connect(simulator)
}

test.each(['constructor', 'new_colour'])(
  'a column called %s is empty where nobody filled it',
  async (name) => {
    const call = await withColumn(name)
    const read = async (query: string) => (await call('GET', `contacts?${query}`)).json.value
    const ofLind = await read(`$select=${name}&$filter=lastname eq 'Lind'`)
    expect(ofLind).toHaveLength(1)
    expect(ofLind[0][name]).toBeNull()
    expect(await read(`$select=lastname&$filter=${name} eq null`)).toMatchObject([{ lastname: 'Lind' }])
    expect(await read(`$select=lastname&$filter=${name} ne null`)).toMatchObject([{ lastname: 'Ek' }])
    expect(await read(`$select=lastname&$orderby=${name}`)).toMatchObject([
      { lastname: 'Lind' },
      { lastname: 'Ek' },
    ])
    const fetchXml = `<fetch><entity name="contact"><attribute name="lastname"/><filter><condition attribute="${name}" operator="null"/></filter></entity></fetch>`
    expect(await read(`fetchXml=${encodeURIComponent(fetchXml)}`)).toMatchObject([{ lastname: 'Lind' }])
  },
)

test.each([
  ['GET', 'constructor'],
  ['GET', "contacts?$filter=Microsoft.Dynamics.CRM.constructor(PropertyName='createdon')"],
  ['GET', 'contacts?$select=constructor'],
  ['GET', 'contacts?$apply=aggregate(annualincome with constructor as total)'],
  ['GET', 'EntityDefinitions?$select=constructor'],
  ['POST', 'contacts/Microsoft.Dynamics.CRM.constructor'],
])('%s %s is refused like any other unknown name', async (method, path) => {
  const call = await connect(createDynamicsSimulator())
  const told = async (name: string) => {
    const { status, text } = await call(
      method,
      path.replace('constructor', name),
      method === 'POST' ? {} : undefined,
    )
    return [status, text.replaceAll(name, 'NAME')]
  }
  const refusal = await told('constructor')
  expect(refusal[0]).toBeGreaterThanOrEqual(400)
  expect(refusal).toEqual(await told('nonsenseish'))
})

test.each(['constructor', '__proto__', 'toString'])(
  'a body with the unknown column %s is refused',
  async (name) => {
    const call = await connect(createDynamicsSimulator())
    const reply = await call('POST', 'contacts', `{"lastname":"Ek","${name}":"x"}`, {
      'content-type': 'application/json',
    })
    expect(reply.status).toBe(400)
    expect(reply.json.error.message).toContain(`Invalid property '${name}'`)
  },
)
