import { describe, expect, test } from 'vitest'
import { contact, isNotFound } from '../src/index.ts'
import { createEnvironment, guidOf, rejection } from './environment.ts'

describe('qualifyLead', () => {
  test('makes what was asked for and closes the lead', async () => {
    const { client, simulator } = createEnvironment()
    const leadId = simulator.insert('lead', { subject: 'Boats', lastname: 'Ek', companyname: 'Contoso' })
    const made = await client.qualifyLead(leadId, {
      createAccount: true,
      createContact: true,
      createOpportunity: true,
    })
    expect(simulator.row('account', made.accountId ?? '')).toMatchObject({ name: 'Contoso' })
    expect(simulator.row('contact', made.contactId ?? '')).toMatchObject({ lastname: 'Ek' })
    expect(simulator.row('opportunity', made.opportunityId ?? '')).toMatchObject({ name: 'Boats' })
    expect(simulator.row('lead', leadId)).toMatchObject({ statecode: 1, statuscode: 3 })

    const again = client.qualifyLead(leadId, {
      createAccount: true,
      createContact: true,
      createOpportunity: true,
    })
    expect(await rejection(again)).toMatchObject({ dataverseCode: '0x80040519' })
  })

  test('makes nothing that was not asked for', async () => {
    const { client, simulator } = createEnvironment()
    const leadId = simulator.insert('lead', { subject: 'Boats', lastname: 'Ek', companyname: 'Contoso' })
    const made = await client.qualifyLead(leadId, {
      createAccount: false,
      createContact: true,
      createOpportunity: false,
    })
    expect(made).toMatchObject({ accountId: undefined, opportunityId: undefined })
    expect(simulator.rows('account')).toHaveLength(0)
    expect(simulator.rows('contact')).toHaveLength(1)
  })
})

describe('opportunities', () => {
  test('are won and lost once', async () => {
    const { client, simulator } = createEnvironment()
    const customer = simulator.insert('account', { name: 'Contoso' })
    const [won = '', lost = ''] = ['Won', 'Lost'].map((name) =>
      simulator.insert('opportunity', { name, _customerid_value: customer }),
    )
    await client.winOpportunity(won, { actualRevenue: 5_000 })
    await client.loseOpportunity(lost, { status: 5 })
    expect(simulator.row('opportunity', won)).toMatchObject({ statecode: 1, statuscode: 3 })
    expect(simulator.row('opportunity', lost)).toMatchObject({ statecode: 2, statuscode: 5 })
    expect(await rejection(client.winOpportunity(won))).toMatchObject({ dataverseCode: '0x80040515' })
  })
})

test('an action whose answer was lost is not sent again', async () => {
  const { client, simulator } = createEnvironment()
  const leadId = simulator.insert('lead', { subject: 'Boats', lastname: 'Ek' })
  await client.whoAmI()
  simulator.faults.next({ kind: 'cut', when: 'after' })
  const all = { createAccount: false, createContact: true, createOpportunity: false }
  expect(await rejection(client.qualifyLead(leadId, all))).toMatchObject({ code: 'unknown-outcome' })
  expect(simulator.rows('contact')).toHaveLength(1)
})

describe('merge', () => {
  test('keeps one row and points the other to it', async () => {
    const { client, simulator } = createEnvironment()
    const survivorId = simulator.insert('contact', { lastname: 'Ek' })
    const mergedId = simulator.insert('contact', { lastname: 'Ek', jobtitle: 'CEO' })
    await client.merge(contact, { survivorId, mergedId, update: { jobtitle: 'CEO' } })
    expect(simulator.row('contact', survivorId)).toMatchObject({ jobtitle: 'CEO', statecode: 0 })
    expect(simulator.row('contact', mergedId)).toMatchObject({
      statecode: 1,
      merged: true,
      _masterid_value: survivorId,
    })
  })

  test('of a row that is not there is isNotFound', async () => {
    const { client, simulator } = createEnvironment()
    const survivorId = simulator.insert('contact', { lastname: 'Ek' })
    expect(await rejection(client.merge(contact, { survivorId, mergedId: guidOf(1) }))).toSatisfy(isNotFound)
  })
})
