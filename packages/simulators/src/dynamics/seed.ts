import type { SimulatorClock } from '../shared/clock.ts'
import { createRandom } from '../shared/random.ts'
import type { DynamicsBehaviour } from './behaviour.ts'
import type { Environment, EnvironmentIds } from './environment.ts'
import { createSchema } from './schema/schema.ts'
import { standardManyToMany, standardTables } from './schema/standard-tables.ts'
import type { Table } from './schema/table.ts'
import {
  accessRights,
  callerFor,
  globalPrivileges,
  privilegeId,
  privilegeName,
  type Verb,
} from './security/privileges.ts'
import { createStore } from './store/store.ts'
import { createRow } from './write/rows.ts'

interface SeedOptions {
  readonly seed: number
  readonly clock: SimulatorClock
  readonly behaviour: DynamicsBehaviour
  readonly firstVersion: number
  readonly changeTrackingDays: number
  readonly clientId: string
}

/** Writes that no user makes: as the system user, past all checks. */
const insert = (environment: Environment, table: string, row: Readonly<Record<string, unknown>>): void => {
  const definition = environment.schema.tables.get(table)
  if (definition === undefined) throw new Error(`There is no table ${table}.`)
  const caller = callerFor(environment, environment.ids.systemUser)
  createRow({ environment, caller }, definition, row, { trusted: true })
}

const verbs: readonly Verb[] = ['Read', 'Write', 'Append', 'AppendTo', 'Create', 'Delete', 'Share', 'Assign']

/** The privileges of a table, as rows. Activities share theirs. */
export function addPrivileges(environment: Environment, table: Table): void {
  const privileges = environment.store.table('privilege')
  for (const verb of verbs) {
    const name = privilegeName(verb, table)
    const id = privilegeId(name)
    if (privileges.get(id) === undefined) {
      insert(environment, 'privilege', { privilegeid: id, name, accessright: accessRights[verb] })
    }
  }
}

const bulkMessages = ['CreateMultiple', 'UpdateMultiple', 'UpsertMultiple'] as const

/** Says that a table takes the bulk messages, in the rows that clients ask. */
export function addBulkMessages(environment: Environment, table: Table): void {
  for (const name of bulkMessages) {
    insert(environment, 'sdkmessagefilter', {
      name: `${name} ${table.logicalName}`,
      _sdkmessageid_value: environment.random.fork(name).guid(),
      primaryobjecttypecode: table.logicalName,
    })
  }
}

/** Makes a fresh environment: one organization with its business unit, currency, two users and three roles. */
export function createEnvironment(options: SeedOptions): Environment {
  const random = createRandom(options.seed)
  const sources = new Map<string, ReturnType<typeof createRandom>>()
  const prefix = random.fork('sequence').guid().slice(0, 24)
  let sequence = 0
  const id = (name: string): string => random.fork(`id ${name}`).guid()
  const ids: EnvironmentIds = {
    organization: id('organization'),
    businessUnit: id('businessunit'),
    currency: id('currency'),
    systemUser: id('system user'),
    applicationUser: id('application user'),
    administratorRole: id('administrator role'),
  }
  const environment: Environment = {
    schema: createSchema(standardTables, standardManyToMany),
    store: createStore(options.firstVersion),
    clock: options.clock,
    behaviour: options.behaviour,
    ids,
    duplicateRules: [],
    metadataChanges: new Map(),
    grants: new Map([[ids.administratorRole, 'everything']]),
    random,
    sequentialId() {
      sequence += 1
      return `${prefix}${sequence.toString(16).padStart(12, '0')}`
    },
    newId(table) {
      const source = sources.get(table) ?? random.fork(`rows ${table}`)
      sources.set(table, source)
      return source.guid()
    },
  }
  addFoundations(environment, options)
  for (const name of bulkMessages) {
    insert(environment, 'sdkmessage', { sdkmessageid: random.fork(name).guid(), name })
  }
  for (const table of environment.schema.tables.values()) {
    addPrivileges(environment, table)
    if (table.ownership === 'UserOwned') addBulkMessages(environment, table)
  }
  for (const name of globalPrivileges) {
    insert(environment, 'privilege', { privilegeid: privilegeId(name), name, accessright: 0 })
  }
  return environment
}

function addFoundations(environment: Environment, options: SeedOptions): void {
  const { ids, store } = environment
  insert(environment, 'transactioncurrency', {
    transactioncurrencyid: ids.currency,
    currencyname: 'Euro',
    currencysymbol: '€',
    isocurrencycode: 'EUR',
    currencyprecision: 2,
    exchangerate: 1,
  })
  insert(environment, 'businessunit', {
    businessunitid: ids.businessUnit,
    name: 'org',
    isdisabled: false,
    inheritancemask: 1023,
    _organizationid_value: ids.organization,
  })
  insert(environment, 'organization', {
    organizationid: ids.organization,
    name: 'org',
    expirechangetrackingindays: options.changeTrackingDays,
    fullnameconventioncode: 1,
    languagecode: 1033,
    localeid: 1033,
    pricingdecimalprecision: 2,
    currencydecimalprecision: 2,
    maxuploadfilesize: 5_242_880,
    isduplicatedetectionenabled: true,
    _basecurrencyid_value: ids.currency,
  })
  const role = { _businessunitid_value: ids.businessUnit, ismanaged: true }
  insert(environment, 'role', {
    roleid: ids.administratorRole,
    name: 'System Administrator',
    _parentrootroleid_value: ids.administratorRole,
    ...role,
  })
  const user = { _businessunitid_value: ids.businessUnit, isdisabled: false, islicensed: false }
  insert(environment, 'systemuser', {
    systemuserid: ids.systemUser,
    lastname: 'SYSTEM',
    domainname: 'SYSTEM',
    accessmode: 3,
    ...user,
  })
  insert(environment, 'systemuser', {
    systemuserid: ids.applicationUser,
    firstname: '#',
    lastname: 'Dynacamp',
    domainname: 'dynacamp@example.com',
    internalemailaddress: 'dynacamp@example.com',
    applicationid: options.clientId,
    azureactivedirectoryobjectid: environment.random.fork('object id').guid(),
    accessmode: 4,
    ...user,
  })
  store.link('systemuserroles_association', ids.applicationUser, ids.administratorRole)
}
