import {
  checkDefinition,
  column,
  compatibleColumns,
  compatibleFields,
  compileDefinition,
  defineSync,
  definitionJsonSchema,
  describeDefinition,
  diffDefinitions,
  extendSchema,
  field,
  map,
  standardMappings,
  standardSchema,
  switchStandardMapping,
} from '@dynacamp/mapping-dsl'
import { describe, expect, it } from 'vitest'

const schema = extendSchema(standardSchema, {
  dynamics: { contacts: { full: column.joined(['firstname', 'lastname']) } },
  activeCampaign: { contacts: { POSITION: field.text(), BORN: field.date(), FULL: field.text() } },
})

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    scope: { statecode: 'Active', createdon: { inLast: { months: 6 } } },
    fields: [
      ...standardMappings.contacts,
      map('jobtitle', 'POSITION', { direction: 'outbound', sensitive: true, via: ['trim'] }),
      map('birthdate', 'BORN', { conflict: 'hold' }),
      map('full', 'FULL', { direction: 'outbound' }),
    ],
    createInDynamics: 'all',
    inboundScope: { tags: { hasAny: ['Customer'] } },
  },
  accounts: { direction: 'inbound', fields: [...standardMappings.accounts], enabled: false },
  opportunities: {
    object: 'd365-opportunity',
    fields: [map('name', 'name', { as: 'text', required: true })],
  },
  guards: { maxDeletes: 10 },
})

const leadsToo = defineSync(schema, {
  leads: {
    direction: 'outbound',
    fields: [
      ...standardMappings.leads,
      map('mobilephone', 'POSITION', { via: [{ name: 'e164', with: { region: 'DE' } }, 'trim'] }),
    ],
    match: [
      { dynamics: 'emailaddress1', activeCampaign: 'email' },
      { dynamics: 'mobilephone', activeCampaign: 'POSITION' },
    ],
  },
  contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
  opportunities: {
    object: 'd365-opportunity',
    fields: [map('estimatedvalue', 'value', { as: 'currency', currency: 'EUR' })],
  },
  optOut: { direction: 'outbound', lists: ['2', '5'] },
  sharedContact: 'lead',
  tags: { write: true },
  guards: { maxChangedShare: 0.125, maxUnsubscribes: 5 },
})

describe('a definition', () => {
  it('reads as Markdown with a picture', async () => {
    await expect(`${describeDefinition(definition, schema)}\n`).toMatchFileSnapshot(
      './__snapshots__/description.md',
    )
  })

  it.each([
    'Recognised by `emailaddress1` and `email`, then `mobilephone` and `POSITION`.',
    'Recognised by e-mail address alone.',
    'e164 (region: DE), trim',
    'as currency EUR',
    'Opt-outs: → between `donotbulkemail` and the lists `2`, `5`.',
    'For a person who is a lead and a contact, the lead speaks.',
    'are read and written',
    'if it would change more than 12.5 % of the linked records, or unsubscribe more than 5.',
  ])('says: %s', (words) => {
    expect(describeDefinition(leadsToo, schema)).toContain(words)
  })

  it('is frozen all the way down', () => {
    expect(Object.isFrozen(definition.contacts?.fields[0])).toBe(true)
  })

  it('spells every default out, so that a later version reads it as it is', () => {
    const readBack = checkDefinition(JSON.parse(JSON.stringify(definition)), schema)
    expect(readBack.ok && diffDefinitions(definition, readBack.definition, schema)).toEqual([])
    expect(readBack.ok && readBack.definition).toEqual(definition)
  })

  it('has a JSON Schema for editors', () => {
    expect(definitionJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
    })
  })

  it('reads rows of Dataverse: references by label and id, joined columns', () => {
    const contacts = compileDefinition(
      {
        contacts: {
          direction: 'outbound',
          fields: [map('emailaddress1', 'email'), map('full', 'FULL'), map('parentcustomerid', 'POSITION')],
        },
      },
      schema,
    ).entities[0]
    expect(contacts?.columns).toContain('_parentcustomerid_value')
    expect(contacts?.annotations).toEqual({ formattedValues: true, lookupTables: false })
    expect(contacts?.columns).not.toContain('full')
    expect(
      contacts?.readRow({
        firstname: 'Ann',
        lastname: 'Ek',
        emailaddress1: 'ann@example.com',
        _parentcustomerid_value: '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01',
        '_parentcustomerid_value@OData.Community.Display.V1.FormattedValue': 'Contoso',
      }),
    ).toMatchObject({
      full: 'Ann Ek',
      parentcustomerid: 'Contoso',
      _parentcustomerid_value: '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01',
    })
  })

  it('keeps the account of a contact as a relation, by its id and table, and only while accounts are on', () => {
    const id = '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01'
    const table = '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname'
    const row = { emailaddress1: 'ann@example.com', _parentcustomerid_value: id, [table]: 'account' }
    const contactsWhen = (enabled: boolean) =>
      compileDefinition(
        {
          accounts: { direction: 'bidirectional', fields: [...standardMappings.accounts], enabled },
          contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
        },
        schema,
      ).entities.find(({ entity }) => entity === 'contacts')
    const on = contactsWhen(true)
    expect(on?.accountRelation).toMatchObject({
      key: 'parentcustomerid:account',
      lookup: 'parentcustomerid',
      dynamics: '_parentcustomerid_value',
      table,
      entity: 'accounts',
      direction: 'bidirectional',
    })
    expect(on?.columns).toContain('_masterid_value')
    expect(on?.annotations).toEqual({ formattedValues: false, lookupTables: true })
    expect(on?.readRow(row)).toMatchObject({ _parentcustomerid_value: id, [table]: 'account' })
    expect(on?.readRow(row)).not.toHaveProperty('parentcustomerid')
    expect(on?.writeRow({ _parentcustomerid_value: id, lastname: 'Ek' })).toEqual({
      'parentcustomerid_account@odata.bind': `/accounts(${id})`,
      lastname: 'Ek',
    })
    expect(on?.writeRow({ _parentcustomerid_value: null })).toEqual({
      'parentcustomerid_account@odata.bind': null,
    })
    const off = contactsWhen(false)
    expect(off?.accountRelation).toBeUndefined()
    expect(off?.columns).not.toContain('_parentcustomerid_value')
    expect(off?.readRow(row)).not.toHaveProperty('_parentcustomerid_value')
  })
})

describe('a difference of definitions', () => {
  const contacts = definition.contacts
  if (contacts === undefined) throw new Error('the definition has contacts')
  const effects = (after: typeof definition) =>
    diffDefinitions(definition, after, schema).map(({ effect, path }) => `${effect} ${path}`)

  it('says what an edit starts, stops and widens', () => {
    expect(effects({ ...definition, contacts: { ...contacts, enabled: false } })).toEqual(['stops contacts'])
    expect(effects({ ...definition, contacts: { ...contacts, scope: {} } })).toEqual([
      'widens contacts.scope',
    ])
    expect(effects({ ...definition, contacts: { ...contacts, direction: 'outbound' } })).toContain(
      'narrows contacts.direction',
    )
    expect(effects({ ...definition, contacts: { ...contacts, createInDynamics: 'tagged' } })).toEqual([
      'narrows contacts.createInDynamics',
    ])
    expect(
      effects({
        ...definition,
        contacts: { ...contacts, fields: [...contacts.fields.slice(0, -1), map('nickname', 'FULL')] },
      }),
    ).toEqual(['stops contacts.fields.full:FULL', 'starts contacts.fields.nickname:FULL'])
    expect(effects({ ...definition, schedule: { everyHours: 24 } })).toEqual(['changes schedule'])
    expect(effects({ ...definition, tags: { write: true } })).toEqual(['starts tags'])
    expect(effects({ ...definition, initialSync: { automations: 'start' } })).toEqual(['starts initialSync'])
  })

  it('says in words what changed of a mapping', () => {
    const [email, first, ...others] = contacts.fields
    if (email === undefined || first === undefined) throw new Error('the definition has mappings')
    const words = (options: object) =>
      diffDefinitions(
        definition,
        {
          ...definition,
          contacts: { ...contacts, fields: [email, { ...first, ...options }, ...others] },
        },
        schema,
      ).map(({ path, message }) => `${path.replace('contacts.fields.firstname:firstName.', '')} ${message}`)
    expect(
      words({
        direction: 'outbound',
        conflict: 'dynamicsWins',
        blank: 'clear',
        sensitive: true,
        choices: { Gold: 'Best' },
        via: ['trim', { name: 'e164', with: { region: 'DE' } }],
      }),
    ).toEqual([
      'direction flows outbound, was bidirectional',
      'conflict conflict: dynamicsWins; was: conflict: as the direction says',
      'blank empty values: clear; was: empty values: as the definition says',
      'sensitive sensitive; was: not sensitive',
      'choices options by name: `Gold` is `Best`; was: options by the same label',
      'via via trim, e164 (region: DE); was: no transforms',
    ])
  })

  it('says in words what changed of opt-outs, tags and guards', () => {
    const edited = {
      ...definition,
      optOut: { ...definition.optOut, direction: 'outbound', lists: ['2'] },
      tags: { write: true },
      initialSync: { automations: 'start' },
      guards: { maxChangedShare: 0.2 },
    } as const
    expect(diffDefinitions(definition, edited, schema).map(({ message }) => message)).toEqual([
      'opt-outs in `donotbulkemail` and the list `2` are followed to ActiveCampaign, and nobody is subscribed again; was: opt-outs in `donotbulkemail` and all lists are followed both ways, and nobody is subscribed again',
      'tags of ActiveCampaign’s own app are read and written; was: tags of ActiveCampaign’s own app are read only',
      'the initial sync starts automations of ActiveCampaign; was: the initial sync holds back automations of ActiveCampaign',
      'a run stops before it writes if it would change more than 20 % of the linked records; was: a run stops before it writes if it would delete more than 10',
    ])
  })
})

describe('a settings page', () => {
  it('offers the compatible fields of either side', () => {
    expect(compatibleFields(schema, 'contacts', 'birthdate').map(({ name }) => name)).toEqual([
      'firstName',
      'lastName',
      'POSITION',
      'BORN',
      'FULL',
    ])
    expect(compatibleColumns(schema, 'contacts', 'BORN')).toContainEqual(
      expect.objectContaining({
        name: 'createdon',
        flow: 'outbound',
        loss: expect.stringContaining('time of day'),
      }),
    )
    expect(compatibleFields(schema, 'contacts', '__proto__')).toEqual([])
  })

  it('switches standard mappings, except those that records are recognised by', () => {
    const off = switchStandardMapping(definition, 'contacts', 'telephone1', 'off')
    const { contacts } = off
    if (contacts === undefined) throw new Error('the definition has contacts')
    expect(contacts.fields.some(({ dynamics }) => dynamics === 'telephone1')).toBe(false)
    const custom = {
      ...off,
      contacts: { ...contacts, fields: [...contacts.fields, map('telephone1', 'POSITION')] },
    }
    const on = switchStandardMapping(custom, 'contacts', 'telephone1', 'on')
    expect(on.contacts?.fields.filter(({ dynamics }) => dynamics === 'telephone1')).toEqual([
      map('telephone1', 'phone'),
    ])
    expect(() => switchStandardMapping(definition, 'contacts', 'emailaddress1', 'off')).toThrow(
      'always mapped',
    )
    expect(() => switchStandardMapping(definition, 'contacts', 'parentcustomerid', 'off')).toThrow(
      'always mapped',
    )
  })
})
