import type { Exception } from './exception.ts'

/** Whole areas of ActiveCampaign that a sync does not need, by reason. */
const areas: Readonly<Record<string, readonly string[]>> = {
  'Deals of ActiveCampaign take no part in a sync: opportunities become custom objects.': [
    '* /deal*',
    '* /contactDeals*',
    '* /contacts/{id}/deals',
    '* /contacts/{id}/contactDeals',
    '* /task*',
    '* /calendars*',
  ],
  'Account set-up that no sync reads or writes.': [
    '* /addresses*',
    '* /brandings*',
    '* /configs*',
    '* /content/editorMarkup/{id}',
    '* /conversions*',
    '* /form/optin',
    '* /forms*',
    '* /localevent',
    'GET /listGroups*',
    'DELETE /listGroups*',
    '* /personalizations*',
    '* /prism/urlWhitelistings*',
    '* /savedResponses*',
    '* /scores*',
    '* /siteTracking*',
    '* /stripo/*',
    '* /eventTracking*',
    '* /templates*',
    '* /variables*',
  ],
  'Users and groups are read, never changed.': [
    'POST /groups',
    'PUT /groups/{id}',
    'DELETE /groups/{id}',
    'POST /users',
    'PUT /users/{id}',
    'DELETE /users/{id}',
  ],
  'No sync of shops, their customers and orders.': ['* /connections*', '* /ecom*'],
  'Text messages are not part of the timeline.': ['* /sms*', '* /whatsapp*'],
  'Where a contact was located: nothing that is mapped or shown.': ['* /geoIps/*'],
  'A data service that the vendor has given up.': ['* /contacts/{id}/plusAppend'],
  'Deprecated by the vendor in favour of accounts.': ['* /contacts/{id}/organization', '* /organizations*'],
  'Notes of an account are written by /notes.': ['* /accounts/{id}/notes*'],
}

const administration = ['EntityDefinitions', 'RelationshipDefinitions', 'GlobalOptionSetDefinitions'].flatMap(
  (resource) =>
    ['POST', 'PUT', 'DELETE'].map(
      (method): Exception => ({
        endpoint: `dynamics ${method} /${resource}*`,
        checks: ['simulate'],
        reason: 'No sync makes, changes or deletes tables, columns, relationships and choices.',
      }),
    ),
)

const invented =
  "Tables and functions that another library's tests made up, with answers that no service gives."

/** Exchanges of other libraries' tests: their form counts, for the client; no environment can be brought into their state. */
const toys: readonly Exception[] = [
  { endpoint: 'dynamics * /tests*', checks: ['simulate'], reason: invented },
  {
    endpoint: 'dynamics * /records*',
    checks: ['simulate'],
    problem: /segment|property named|is missing|is empty/,
    reason: invented,
  },
  { endpoint: 'dynamics * /FUN*', checks: ['simulate'], reason: invented },
]

/** Where recordings of different years contradict each other, or documentation contradicts recordings. */
const contradictions: readonly Exception[] = [
  {
    endpoint: 'activecampaign PATCH /*',
    checks: ['request'],
    problem: /^method: sends PUT, recorded PATCH$/,
    reason: 'ActiveCampaign documents PUT for updates; recordings show that PATCH does the same.',
  },
  {
    endpoint: 'activecampaign GET /contacts',
    checks: ['decode'],
    problem: /ignores id_greater or orders/,
    reason: 'A documented list in no order, where the client asks for ascending ids and makes sure of them.',
  },
  {
    endpoint: 'activecampaign PATCH /campaigns/{id}',
    reason: 'The recorded answer shows that it changed nothing; campaigns are edited by another endpoint.',
  },
  {
    endpoint: 'activecampaign GET /automations/{id}',
    checks: ['decode', 'simulate'],
    problem: /unexpected shape: Invalid input$|^automations is missing$|^meta is missing$|^automation is not/,
    reason: "The vendor's page shows the answer of the list; recordings have one automation.",
  },
  {
    endpoint: 'activecampaign GET /records/{id}/external/{id}',
    reason: 'Misprinted in the documentation: records are below /customObjects/records.',
  },
  {
    endpoint: 'activecampaign * /groupMembers/{id}',
    checks: ['request'],
    problem: /^body: is not sent$/,
    reason: 'The documentation shows a body with GET and DELETE.',
  },
  {
    endpoint: 'activecampaign POST /accountCustomFieldData',
    checks: ['request'],
    problem: /customerAccountId|accountId/,
    reason: 'The documentation requires customerAccountId and shows accountId in its example.',
  },
  {
    endpoint: 'activecampaign POST /customObjects/records/{id}',
    checks: ['request'],
    problem: /^body\.record\.schemaId/,
    reason: 'The schema is named by the path.',
  },
  {
    endpoint: 'activecampaign POST /import/bulk_import',
    checks: ['request'],
    problem: /exclude_automations: sends null, recorded false$|^body\.callback\.(?:params|headers)/,
    reason: 'Empty placeholders of the example; the default is not repeated.',
  },
  {
    endpoint: 'activecampaign PUT /lists/exclusions/{id}',
    checks: ['request'],
    status: 404,
    problem: /^body: is sent, recorded without$/,
    reason: 'Documented without the request that was refused.',
  },
  {
    endpoint: 'activecampaign * /fieldValues*',
    checks: ['request'],
    problem: /^body\.useDefaults/,
    reason: 'Field defaults would write values that nobody mapped.',
  },
  {
    endpoint: 'activecampaign POST /fieldValues',
    checks: ['simulate'],
    problem: /^status 201, recorded 200/,
    reason: 'Documented as 200, recorded as 201.',
  },
  ...['fieldRels', 'fields', 'fieldValues', 'lists', 'notes'].map(
    (table): Exception => ({
      endpoint: `activecampaign * /${table}/{id}`,
      checks: ['simulate'],
      status: 403,
      problem: /^status 404, recorded 403: .*No Result found/,
      reason: 'Documented as 403 for a missing row, recorded as 404 with the same sentence.',
    }),
  ),
  {
    endpoint: 'activecampaign * /contact*',
    checks: ['simulate'],
    problem:
      /^contacts?(?:\[\])?\.(?:sms_consent(?:_updated_at)?|whatsapp_(?:id|username)) is not in the recording$/,
    reason: 'Columns that contacts have got since 2023; recordings of 2026 have them.',
  },
  {
    endpoint: 'activecampaign * /contact*',
    checks: ['simulate'],
    problem: /^contacts?(?:\[\])?\.email_empty is missing$/,
    reason: 'A column that contacts had until about 2022; the newest recordings lack it.',
  },
  {
    endpoint: 'activecampaign PUT /accounts/{id}',
    checks: ['simulate'],
    problem: /^account\.links is an object, recorded as a list$/,
    reason: 'Documented as an empty list, recorded as an object.',
  },
  {
    endpoint: 'activecampaign POST /groupMembers',
    checks: ['simulate'],
    status: 422,
    reason: 'The documentation shows an error about a title, which the request does not have.',
  },
  {
    endpoint: 'activecampaign PUT /fields/{id}',
    checks: ['simulate'],
    problem: /^field\.isrequired is a string, recorded as a number$/,
    reason: 'Documented as a number, recorded as a text.',
  },
  {
    endpoint: 'dynamics GET /EntityDefinitions({key})',
    checks: ['simulate'],
    problem: /^value is missing$/,
    reason: 'The documentation shows a list where the path names one table; recordings have the one.',
  },
  {
    endpoint: 'dynamics GET /connections',
    checks: ['simulate'],
    problem: /^value\[\]\._relatedconnectionid_value@.* is missing$/,
    reason: 'An annotation of null in a recording edited by hand; values that are not there get none.',
  },
  {
    endpoint: 'dynamics GET /whoami',
    checks: ['request'],
    problem: /^path: sends \/WhoAmI/,
    reason: 'The function is documented as WhoAmI; the service takes both.',
  },
]

/** Endpoints out of scope, by pattern and never by file. */
export const exceptions: readonly Exception[] = [
  ...Object.entries(areas).flatMap(([reason, endpoints]) =>
    endpoints.map((endpoint) => ({ endpoint: `activecampaign ${endpoint}`, reason })),
  ),
  ...administration,
  ...toys,
  ...contradictions,
]
