import { expect } from 'vitest'
import { EntitiesUnreadError, RunFailedError } from '../../src/index.ts'
import type { TestWorld } from './world.ts'

/** D365 refuses to have a table read, until the returned function is called. */
export const refuseReading = ({ dynamics }: TestWorld, table: string, privilege: string) => {
  const message = `Principal user is missing ${privilege} privilege`
  const body = JSON.stringify({ error: { code: '0x80040220', message } })
  return dynamics.faults.each(
    { kind: 'rewrite', change: (answer) => ({ ...answer, status: 403, headers: {}, body }) },
    { method: 'GET', url: new RegExp(`/${table}\\b`) },
  )
}

/** ActiveCampaign refuses the key's user what these URLs show, until the returned function is called. */
export const refuseInActiveCampaign = ({ activeCampaign }: TestWorld, url: RegExp) =>
  activeCampaign.faults.each({ kind: 'status', status: 403 }, { method: 'GET', url })

const inActiveCampaign = (url: RegExp) => (world: TestWorld) => refuseInActiveCampaign(world, url)
/** Contacts of ActiveCampaign are all people of a definition. */
export const people = ['contacts of activeCampaign', 'leads of activeCampaign']

/** How a reading is refused, and whom that leaves alone in the whole world. */
export const refusals = {
  'the currencies of D365': [
    (world: TestWorld) => refuseReading(world, 'transactioncurrencies', 'prvReadTransactionCurrency'),
    ['accounts of dynamics', 'opportunities of dynamics'],
  ],
  'contacts of ActiveCampaign': [inActiveCampaign(/\/contacts\?/), people],
  'lists of ActiveCampaign': [inActiveCampaign(/\/lists\b/), people],
  'memberships of ActiveCampaign': [inActiveCampaign(/\/contactLists\b/), people],
  'custom fields of ActiveCampaign': [inActiveCampaign(/\/fields\b/), people],
  'values of custom fields of ActiveCampaign': [inActiveCampaign(/\/fieldValues\b/), people],
} as const

/** What a run says that it could not read; it fails with nothing else. */
export const troublesOf = async (run: Promise<unknown>) => {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RunFailedError) || !(error.cause instanceof EntitiesUnreadError))
    throw new TypeError(`no unread entity: ${String(error)}`)
  expect(error.report).toMatchObject({ ending: 'failed', error: { code: 'entities-unread' } })
  return error.cause.troubles
}
