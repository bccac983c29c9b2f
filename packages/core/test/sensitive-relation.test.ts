/** Whom a person works for can be as private as any value: a relation marked sensitive names no account. */
import {
  type CompiledDefinition,
  compileDefinition,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import {
  explain,
  type Plan,
  planBatch,
  type ReferenceTarget,
  referenceKey,
  renderPlan,
} from '../src/index.ts'

const definitionWith = (sensitive: boolean): CompiledDefinition =>
  compileDefinition(
    {
      version: 1,
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
      contacts: {
        direction: 'bidirectional',
        fields: [map('emailaddress1', 'email'), map('parentcustomerid', 'account', { sensitive })],
      },
    },
    standardSchema,
  )

/** Ana, who moves from no account to Contoso. */
const planWith = (contoso: Partial<ReferenceTarget>, sensitive = true): Plan =>
  planBatch({
    definition: definitionWith(sensitive),
    entity: 'contacts',
    records: [
      {
        link: {
          ...{ id: 'contacts/d1', entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' },
          base: {
            dynamics: { emailaddress1: 'ana@example.com', _parentcustomerid_value: null },
            activeCampaign: { email: 'ana@example.com', account: '' },
          },
        },
        dynamics: {
          id: 'd1',
          etag: 'W/"1"',
          fields: { emailaddress1: 'ana@example.com', _parentcustomerid_value: 'guid-of-contoso' },
        },
        activeCampaign: { id: '1', fields: { email: 'ana@example.com', account: '' } },
      },
    ],
    candidates: {},
    references: {
      [referenceKey('dynamics', 'accounts', 'guid-of-contoso')]: {
        ...{ entity: 'accounts', title: 'Contoso', dynamicsId: 'guid-of-contoso', plannedBy: null },
        activeCampaignId: null,
        ...contoso,
      },
    },
    settings: { tenant: 'contoso' },
  })

test.each([
  ['is set', { activeCampaignId: 'id-of-contoso' }, 'an account (sensitive)'],
  ['is held, as the account is not in sync', {}, 'refers to the record, which is not in sync'],
  [
    'is held, as the account has no name either',
    { title: null },
    'refers to the record, which is not in sync',
  ],
])('it %s', (_, contoso, said) => {
  const plan = planWith(contoso)
  const shown = [
    renderPlan(plan, 'text'),
    renderPlan(plan, 'markdown').replaceAll('\\', ''),
    renderPlan(plan, 'html'),
    explain(plan, { entity: 'contacts', dynamicsId: 'd1' }).join('\n'),
  ]
  for (const text of shown) {
    expect(text).toContain(said)
    expect(text).not.toMatch(/of-contoso|Contoso/)
  }
})

test('one that is not sensitive names the account where its name is known', () => {
  const reasonOf = (title: string | null) =>
    planWith({ activeCampaignId: '7', title }, false).actions.flatMap(({ changes }) =>
      changes.map(({ reason }) => reason.message),
    )
  expect(reasonOf('Contoso')).toEqual(['parentcustomerid changed in Dynamics 365. It is Contoso.'])
  expect(reasonOf(null)).toEqual(['parentcustomerid changed in Dynamics 365.'])
})
