import type { Answer } from '../../shared/exchange.ts'
import { isObject, jsonBody, noContent, odataAnswer } from '../call.ts'
import { DataverseError } from '../dataverse-error.ts'
import { tableNamed } from '../environment.ts'
import { addressedRow } from '../read/single.ts'
import type { Table } from '../schema/table.ts'
import type { Row } from '../store/table-store.ts'
import { resolveReference } from '../write/body.ts'
import type { WriteCall } from '../write/requests.ts'
import { createRow, updateRow } from '../write/rows.ts'

const refused = (code: string, name: string, message: string): DataverseError =>
  new DataverseError(400, code, name, message)

type Json = Record<string, unknown>

/** Columns that a lead hands on, under the same name in each of the tables that have them. */
const shared = [
  'emailaddress1',
  'emailaddress2',
  'emailaddress3',
  'telephone1',
  'telephone2',
  'telephone3',
  'fax',
  'websiteurl',
  'description',
  'donotbulkemail',
  'donotemail',
  'donotphone',
  'donotfax',
  'donotpostalmail',
  ...['line1', 'line2', 'line3', 'city', 'stateorprovince', 'postalcode', 'country'].map(
    (part) => `address1_${part}`,
  ),
]
const person = ['firstname', 'middlename', 'lastname', 'jobtitle', 'salutation', 'mobilephone', 'pager']

const copied = (lead: Row, names: readonly string[]): Json =>
  Object.fromEntries(names.filter((name) => lead[name] !== undefined).map((name) => [name, lead[name]]))

const bind = (set: string, id: unknown): string => `/${set}(${String(id)})`

/** `POST /leads(<id>)/Microsoft.Dynamics.CRM.QualifyLead`: closes the lead and makes what is asked for from it. */
export function qualifyLead(call: WriteCall, table: Table, key: string): Answer {
  const body = jsonBody(call)
  const lead = addressedRow(call, table, key)
  const leadId = String(lead.leadid)
  for (const name of ['CreateAccount', 'CreateContact', 'CreateOpportunity', 'Status']) {
    if (body[name] === undefined)
      throw refused('0x80040203', 'InvalidArgument', `Required parameter '${name}' is missing.`)
  }
  if (lead.statecode !== 0) throw refused('0x80040519', 'LeadAlreadyClosed', 'The lead is already closed.')
  const { environment } = call
  const originating = { 'originatingleadid@odata.bind': bind('leads', leadId) }
  const made: Json[] = []
  const create = (name: string, json: Json): string => {
    const target = tableNamed(environment, name)
    const id = String(createRow(call, target, { ...json, ...originating })[target.primaryId])
    made.push({ '@odata.type': `#Microsoft.Dynamics.CRM.${name}`, [target.primaryId]: id })
    return id
  }
  // A lead that already names its account or contact gets no second one.
  let accountId = lead._parentaccountid_value
  let contactId = lead._parentcontactid_value
  if (body.CreateAccount === true && accountId === undefined) {
    accountId = create('account', {
      name: lead.companyname ?? lead.fullname ?? lead.subject ?? null,
      ...copied(lead, shared),
    })
  }
  if (body.CreateContact === true && contactId === undefined) {
    const parent =
      accountId === undefined ? {} : { 'parentcustomerid_account@odata.bind': bind('accounts', accountId) }
    contactId = create('contact', { ...copied(lead, [...shared, ...person]), ...parent })
  }
  const opportunityId =
    body.CreateOpportunity === true
      ? create('opportunity', {
          name: lead.subject ?? lead.fullname ?? null,
          ...copied(lead, ['estimatedclosedate', 'description', 'budgetamount', 'qualificationcomments']),
          ...(lead.estimatedamount === undefined ? {} : { estimatedvalue: lead.estimatedamount }),
          ...customerOf(body, accountId, contactId),
          ...currencyOf(body),
        })
      : undefined
  const status = body.Status === -1 ? 3 : body.Status
  updateRow(call, table, lead, {
    statecode: 1,
    statuscode: status,
    ...(opportunityId === undefined
      ? {}
      : { 'qualifyingopportunityid@odata.bind': bind('opportunities', opportunityId) }),
    ...(accountId === undefined ? {} : { 'parentaccountid@odata.bind': bind('accounts', accountId) }),
    ...(contactId === undefined ? {} : { 'parentcontactid@odata.bind': bind('contacts', contactId) }),
  })
  return odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata#Collection(mscrm.crmbaseentity)`,
    value: made,
  })
}

function customerOf(body: Readonly<Json>, accountId: unknown, contactId: unknown): Json {
  const asked = isObject(body.OpportunityCustomerId) ? body.OpportunityCustomerId : {}
  const account = asked.accountid ?? accountId
  const contact = asked.contactid ?? contactId
  return {
    ...(account === undefined
      ? {}
      : {
          'parentaccountid@odata.bind': bind('accounts', account),
          'customerid_account@odata.bind': bind('accounts', account),
        }),
    ...(contact === undefined ? {} : { 'parentcontactid@odata.bind': bind('contacts', contact) }),
    ...(account === undefined && contact !== undefined
      ? { 'customerid_contact@odata.bind': bind('contacts', contact) }
      : {}),
  }
}

const currencyOf = (body: Readonly<Json>): Json => {
  const currency = isObject(body.OpportunityCurrencyId)
    ? body.OpportunityCurrencyId.transactioncurrencyid
    : undefined
  return currency === undefined
    ? {}
    : { 'transactioncurrencyid@odata.bind': bind('transactioncurrencies', currency) }
}

/** `POST /WinOpportunity` and `/LoseOpportunity`: closes an opportunity with a closing activity. */
const close =
  (state: 1 | 2) =>
  (call: WriteCall): Answer => {
    const body = jsonBody(call)
    const { environment } = call
    const closing = isObject(body.OpportunityClose) ? body.OpportunityClose : {}
    const address = closing['opportunityid@odata.bind']
    if (typeof address !== 'string') {
      throw refused(
        '0x80040203',
        'InvalidArgument',
        "Required field 'opportunityid' of OpportunityClose is missing.",
      )
    }
    const { table, id } = resolveReference(environment, address)
    const row = environment.store.table(table.logicalName).get(id)
    if (row === undefined || table.logicalName !== 'opportunity') {
      throw refused('0x80040516', 'CannotCloseOpportunity', 'The opportunity cannot be closed.')
    }
    if (row.statecode !== 0)
      throw refused('0x80040515', 'OpportunityAlreadyClosed', 'The opportunity has already been closed.')
    createRow(call, tableNamed(environment, 'opportunityclose'), closing)
    updateRow(call, table, row, {
      statecode: state,
      statuscode: body.Status === -1 ? (state === 1 ? 3 : 4) : body.Status,
    })
    return noContent()
  }

export const winOpportunity = close(1)
export const loseOpportunity = close(2)
