import { column, defineSync, extendSchema, field, map, standardMappings } from '@dynacamp/mapping-dsl'
import { createWorld, schema, type TestWorld } from './world.ts'

export const companySchema = extendSchema(schema, {
  dynamics: { accounts: { new_sectors: column.choices({ 1: 'Retail', 2: 'Logistics' }) } },
  activeCampaign: {
    accounts: { REVENUE: field.currency('EUR'), SECTORS: field.multiselect(['Retail', 'Logistics']) },
  },
})

const companyDefinition = defineSync(companySchema, {
  accounts: {
    direction: 'bidirectional',
    createInDynamics: 'all',
    fields: [...standardMappings.accounts, map('revenue', 'REVENUE'), map('new_sectors', 'SECTORS')],
    deleted: { inDynamics: 'delete' },
  },
  contacts: {
    direction: 'bidirectional',
    createInDynamics: 'all',
    fields: [...standardMappings.contacts],
  },
  leads: { direction: 'bidirectional', fields: [...standardMappings.leads] },
})

type Options = Parameters<typeof createWorld>[0]

/** Two simulators with custom fields for companies. */
export const createCompanyWorld = (options: Options = {}): TestWorld => {
  const world = createWorld({ definition: companyDefinition, schema: companySchema, ...options })
  world.dynamics.defineColumn('account', {
    name: 'new_sectors',
    type: 'choices',
    options: [
      { value: 1, label: 'Retail' },
      { value: 2, label: 'Logistics' },
    ],
  })
  const fields = [
    { fieldLabel: 'Revenue', fieldType: 'currency', personalization: 'REVENUE', fieldDefaultCurrency: 'EUR' },
    { fieldLabel: 'Sectors', fieldType: 'multiselect', personalization: 'SECTORS' },
  ]
  for (const one of fields) world.activeCampaign.insert('accountCustomFieldMeta', one)
  return world
}

export const contoso = '11111111-0000-4000-8000-000000000001'
export const fabrikam = '11111111-0000-4000-8000-000000000002'
export const ana = '22222222-0000-4000-8000-000000000001'

const byText = (a: string, b: string) => (a < b ? -1 : 1)

/** Both sides as people see them: companies by name, people with the name of their company. */
export const companiesOf = ({ dynamics, activeCampaign }: TestWorld) => {
  const names = new Map(dynamics.rows('account').map(({ accountid, name }) => [accountid, name]))
  const accounts = activeCampaign.rows('accounts')
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]))
  const employers = new Map(
    activeCampaign
      .rows('accountContacts')
      .map(({ contact, account }) => [contact, accountNames.get(account)]),
  )
  return {
    dynamics: {
      accounts: [...names.values()].map(String).sort(byText),
      people: Object.fromEntries(
        [...dynamics.rows('contact'), ...dynamics.rows('lead')].map((row) => [
          row.emailaddress1,
          names.get(row._parentcustomerid_value ?? row._parentaccountid_value) ?? null,
        ]),
      ),
    },
    activeCampaign: {
      accounts: [...accountNames.values()].map(String).sort(byText),
      people: Object.fromEntries(
        activeCampaign.contacts().map(({ id, email }) => [email, employers.get(id) ?? null]),
      ),
    },
  }
}
