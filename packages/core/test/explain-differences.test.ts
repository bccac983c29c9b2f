/** Fields that differ and of which a plan says nothing: each is told, with the rule that leaves it so. */
import {
  type CompiledDefinition,
  compileDefinition,
  type Fields,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { explain, planBatch, type RecordInput, referenceKey } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'

interface Sides {
  readonly dynamics: Fields
  readonly activeCampaign: Fields
}

const address = {
  dynamics: { emailaddress1: 'ana@example.com' },
  activeCampaign: { email: 'ana@example.com' },
}
const withAddress = ({ dynamics, activeCampaign }: Sides): Sides => ({
  dynamics: { ...address.dynamics, ...dynamics },
  activeCampaign: { ...address.activeCampaign, ...activeCampaign },
})

/** Every account is linked to the one of its number. */
const references = Object.fromEntries(
  ['1', '2'].flatMap((number) => {
    const ids = { dynamicsId: `g${number}`, activeCampaignId: number }
    const target = { entity: 'accounts', title: null, plannedBy: null, ...ids } as const
    return [
      [referenceKey('dynamics', 'accounts', ids.dynamicsId), target],
      [referenceKey('activeCampaign', 'accounts', ids.activeCampaignId), target],
    ]
  }),
)

const saidOf = (definition: CompiledDefinition, record: RecordInput): readonly string[] => {
  const settings = { tenant: 'contoso' }
  const candidates = { 'email:ana@example.com': { dynamics: [], activeCampaign: [] } }
  const batch = { definition, entity: 'contacts', records: [record], candidates, references } as const
  const plan = planBatch({ ...batch, settings })
  return explain(plan, { entity: 'contacts', dynamicsId: 'd1' }, { definition, record })
}

/** What is said of a linked pair: what the two were when they were last in sync, and what they are. */
const said = (definition: CompiledDefinition, was: Sides, is: Sides = was): readonly string[] => {
  const { dynamics, activeCampaign } = withAddress(is)
  return saidOf(definition, {
    link: {
      ...{ id: 'contacts/d1', entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' },
      base: withAddress(was),
    },
    dynamics: { id: 'd1', etag: 'W/"1"', fields: dynamics },
    activeCampaign: { id: '1', fields: activeCampaign },
  })
}

const inSync = ['In sync: the two sides agree in every mapped field.']
const blankRule = 'A blank overwrites nothing (blank: ignoreBlank).'
const leftRule = 'They were left to differ when they were last remembered, and neither has changed since.'

const named = (policies: Parameters<typeof map>[2]): CompiledDefinition =>
  contactsDefinition({ fields: [map('emailaddress1', 'email'), map('firstname', 'firstName', policies)] })
const names = (row: string | null, contact: string): Sides => ({
  dynamics: { firstname: row },
  activeCampaign: { firstName: contact },
})
const nameStays = (row: string, contact: string, rule: string): readonly string[] => [
  `firstname:firstName stays as it is: Dynamics 365 has ${row}, ActiveCampaign has ${contact}. ${rule}`,
]

test.each([
  ['the target is blank', 'outbound', names('Ana', ''), ['"Ana"', '(blank)'], leftRule],
  ['the source is blank', 'outbound', names(null, 'Ana'), ['(blank)', '"Ana"'], blankRule],
  ['the target is blank', 'inbound', names(null, 'Ana'), ['(blank)', '"Ana"'], leftRule],
  ['the source is blank', 'inbound', names('Ana', ''), ['"Ana"', '(blank)'], blankRule],
  ['the contact is blank', 'bidirectional', names('Ana', ''), ['"Ana"', '(blank)'], blankRule],
] as const)('%s, %s, and neither has changed', (_, direction, was, [row, contact], rule) => {
  expect(said(named({ direction }), was)).toEqual(nameStays(row, contact, rule))
})

test('where a blank is a value, it is not said to overwrite nothing', () => {
  expect(said(named({ blank: 'clear' }), names(null, 'Ana'))).toEqual(nameStays('(blank)', '"Ana"', leftRule))
})

test('what is held of one field does not hide what is left of another', () => {
  const fields = [
    map('emailaddress1', 'email'),
    map('firstname', 'firstName'),
    map('lastname', 'lastName', { conflict: 'hold' }),
  ]
  const was = {
    dynamics: { lastname: 'A', firstname: 'Ana' },
    activeCampaign: { lastName: 'A', firstName: 'Ana' },
  }
  const is = {
    dynamics: { lastname: 'B', firstname: null },
    activeCampaign: { lastName: 'C', firstName: 'Ana' },
  }
  expect(said(contactsDefinition({ fields }), was, is)).toEqual([
    expect.stringMatching(/^lastname:lastName is held\. /),
    expect.stringMatching(/^lastname:lastName: it was "A"; /),
    ...nameStays('(blank)', '"Ana"', blankRule),
  ])
})

test('of a record that is held or skipped as a whole, that is all there is to say', () => {
  const inScope = ({ firstname }: Fields): boolean => firstname !== null
  const is = names(null, 'Ana')
  expect(said(contactsDefinition({ inScope }), is)).toEqual([expect.stringMatching(/^Skipped\. /)])
  const optedOut = { ...is, dynamics: { ...is.dynamics, donotbulkemail: true } }
  const [held, ...more] = said(contactsDefinition({ leaving: 'unlink', inScope }), is, optedOut)
  expect(held).toMatch(/^Held\. /)
  expect(more).toEqual([expect.stringMatching(/^Not known yet: /)])
})

test('a pair of which one side is not known, or that is not linked, has nothing that differs', () => {
  const definition = contactsDefinition()
  const link = { id: 'contacts/d1', entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' } as const
  const dynamics = { id: 'd1', etag: 'W/"1"', fields: { firstname: 'Ana' } }
  const activeCampaign = { id: '1', fields: { firstName: 'Anna' } }
  const ends = [
    { link: { ...link, base: address }, dynamics },
    { link: { ...link, base: address }, activeCampaign },
    { dynamics },
  ]
  for (const record of ends) {
    const sentences = saidOf(definition, record)
    expect(sentences[0]).toMatch(/^(Held|Skipped)\. /)
    expect(sentences.join()).not.toContain('stays as it is')
  }
})

const lookup = '_parentcustomerid_value'
const table = '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname'
const accounts = (row: string | null, contact: string, of = 'account'): Sides => ({
  dynamics: { [lookup]: row, [table]: row === null ? null : of },
  activeCampaign: { account: contact },
})
const employed = (policies: Parameters<typeof map>[2] = {}): CompiledDefinition =>
  compileDefinition(
    {
      version: 1,
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
      contacts: {
        direction: 'bidirectional',
        fields: [map('emailaddress1', 'email'), map('parentcustomerid', 'account', policies)],
      },
      optOut: { direction: 'off' },
    },
    standardSchema,
  )

test('the account of a contact is told where it differs and stays', () => {
  const stays = 'parentcustomerid:account stays as it is: Dynamics 365 has'
  expect(said(employed(), accounts('g1', '1'))).toEqual(inSync)
  expect(said(employed(), accounts('g1', '1'), accounts(null, '1'))).toEqual([
    `${stays} (blank), ActiveCampaign has "1". ${blankRule}`,
  ])
  expect(said(employed(), accounts('g1', '1'), accounts('g1', ''))).toEqual([
    `${stays} "g1", ActiveCampaign has (blank). ${blankRule}`,
  ])
  expect(said(employed({ blank: 'onlyIfEmpty' }), accounts('g1', '1'), accounts('g2', '1'))).toEqual([
    `${stays} "g2", ActiveCampaign has "1". Only what is empty is filled (blank: onlyIfEmpty).`,
  ])
  expect(said(employed({ sensitive: true }), accounts('g1', '1'), accounts(null, '1'))).toEqual([
    `${stays} (blank), ActiveCampaign has (sensitive). ${blankRule}`,
  ])
})

test('the account of a contact is not told twice', () => {
  const moved = said(employed(), accounts('g1', '1'), accounts('g2', '1'))
  expect(moved.join()).not.toContain('stays as it is')
  expect(said(employed(), accounts('g1', '1'), accounts('g2', '2'))).toEqual([
    expect.stringMatching(/^Will remember as in sync: /),
  ])
})

test('a row that belongs to a person, and a contact without account, name none either side', () => {
  expect(said(employed(), accounts('d9', '', 'contact'))).toEqual(inSync)
})
