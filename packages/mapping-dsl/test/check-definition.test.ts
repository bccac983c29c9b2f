import {
  checkDefinition,
  column,
  type Diagnostic,
  defineSync,
  extendSchema,
  field,
  InvalidDefinitionError,
  map,
  standardMappings,
  standardSchema,
  type WrittenDefinition,
  type WrittenEntity,
} from '@dynacamp/mapping-dsl'
import { describe, expect, it } from 'vitest'

const schema = extendSchema(standardSchema, {
  dynamics: {
    contacts: {
      new_segment: column.choice({ 1: 'Gold', 2: 'Silver' }),
      new_bonus: column.choice({ 1: 'Gold', 2: 'gold ' }),
      new_key: column.text(20, { required: 'system' }),
    },
  },
  activeCampaign: {
    contacts: {
      POSITION: field.text(),
      NOTES: field.textarea(),
      SEGMENT: field.dropdown(['Gold']),
      INTERESTS: field.listbox(['Chess']),
    },
  },
})

const contacts = (changes: Partial<WrittenEntity> = {}): WrittenDefinition => ({
  contacts: { direction: 'bidirectional', fields: standardMappings.contacts, ...changes },
})

const accounts = (changes: Partial<WrittenEntity> = {}): WrittenDefinition => ({
  accounts: { direction: 'bidirectional', fields: standardMappings.accounts, ...changes },
})

const withField = (...fields: WrittenEntity['fields']) =>
  contacts({ fields: [...standardMappings.contacts, ...fields] })

const find = (definition: unknown, code: string): Diagnostic | undefined =>
  checkDefinition(definition, schema).diagnostics.find((diagnostic) => diagnostic.code === code)

describe('each rule', () => {
  const cases: readonly (readonly [string, unknown, string, string])[] = [
    [
      'malformed',
      { contacts: { direction: 'outbond', fields: [] } },
      'contacts.direction',
      'cannot be `outbond`: say `bidirectional`, `outbound`, `inbound`; did you mean `outbound`?',
    ],
    ['malformed', { contacts: { fields: [] } }, 'contacts.direction', 'is missing: say `bidirectional`,'],
    ['malformed', { contacts: { direction: 'outbound' } }, 'contacts.fields', 'is missing'],
    ['malformed', { ...contacts(), schedule: { everyHours: 3 } }, 'schedule.everyHours', 'say `1`, `2`,'],
    ['malformed', [], '', 'expects an object, and is a list'],
    [
      'malformed',
      withField({ ...map('jobtitle', 'POSITION'), via: [JSON.parse('{"name":"prefix"}')] }),
      'contacts.fields[5].via[0].with',
      'is missing',
    ],
    ['unknown-setting', { ...contacts(), contact: {} }, 'contact', 'did you mean `contacts`?'],
    [
      'unknown-setting',
      { ...contacts(), guards: { maxDelete: 3 } },
      'guards.maxDelete',
      'there is no setting `maxDelete` here; did you mean `maxDeletes`?',
    ],
    [
      'unknown-setting',
      { contacts: { direction: 'outbound', fields: [{ ...map('firstname', 'firstName'), directon: 1 }] } },
      'contacts.fields[0].directon',
      'did you mean `direction`?',
    ],
    ['unknown-column', withField(map('jobtitel', 'POSITION')), 'contacts.fields[5].dynamics', '`jobtitle`'],
    [
      'unknown-field',
      withField(map('jobtitle', 'POSTION')),
      'contacts.fields[5].activeCampaign',
      '`POSITION`',
    ],
    [
      'deal-field',
      withField(map('jobtitle', 'dealTitle')),
      'contacts.fields[5].activeCampaign',
      'cannot be mapped',
    ],
    ['incompatible-types', withField(map('jobtitle', 'INTERESTS')), 'contacts.fields[5]', 'multi-select'],
    ['one-way-pair', withField(map('ownerid', 'POSITION')), 'contacts.fields[5].direction', 'outbound'],
    [
      'direction-not-allowed',
      contacts({
        direction: 'outbound',
        fields: [...standardMappings.contacts, map('jobtitle', 'POSITION', { direction: 'inbound' })],
      }),
      'contacts.fields[5].direction',
      'only where the entity is bidirectional',
    ],
    [
      'direction-not-allowed',
      contacts({
        direction: 'outbound',
        fields: [...standardMappings.contacts, map('jobtitle', 'POSITION', { direction: 'outbound' })],
      }),
      'contacts.fields[5].direction',
      'contacts are outbound: leave `direction` of `POSITION` out',
    ],
    [
      'direction-not-allowed',
      {
        ...contacts(),
        opportunities: {
          object: 'deals',
          fields: [map('name', 'name', { as: 'text', direction: 'outbound' })],
        },
      },
      'opportunities.fields[0].direction',
      'opportunities are outbound',
    ],
    [
      'one-way-pair',
      contacts({
        direction: 'inbound',
        fields: [...standardMappings.contacts, map('ownerid', 'POSITION')],
      }),
      'contacts.fields[5].direction',
      'can only flow outbound: contacts are inbound',
    ],
    [
      'conflict-of-one-way-field',
      withField(map('jobtitle', 'POSITION', { direction: 'outbound', conflict: 'activeCampaignWins' })),
      'contacts.fields[5].conflict',
      'belongs to its source',
    ],
    [
      'mapped-twice',
      withField(map('firstname', 'POSITION')),
      'contacts.fields[5]',
      'of `firstname` to `firstName`',
    ],
    [
      'mapped-twice',
      withField(map('firstname', 'POSITION', { direction: 'outbound' })),
      'contacts.fields[5]',
      'column `firstname` is in the mapping of `firstname` to `firstName` already',
    ],
    [
      'mapped-twice',
      withField(map('jobtitle', 'firstName', { direction: 'inbound' })),
      'contacts.fields[5]',
      'would hide from the other that it changed: map it once',
    ],
    [
      'key-stays-behind',
      contacts({
        fields: [map('emailaddress1', 'email', { direction: 'inbound' }), map('firstname', 'firstName')],
      }),
      'contacts.fields[0].direction',
      'created in ActiveCampaign too, and cannot be without the email',
    ],
    [
      'key-stays-behind',
      contacts({
        createInDynamics: 'tagged',
        fields: [map('emailaddress1', 'email', { direction: 'outbound' }), map('firstname', 'firstName')],
      }),
      'contacts.fields[0].direction',
      'created in Dynamics 365 too',
    ],
    [
      'key-stays-behind',
      accounts({ fields: [map('name', 'name', { direction: 'inbound' })] }),
      'accounts.fields[0].direction',
      'cannot be without the name',
    ],
    [
      'opt-out-mapped',
      withField(map('donotbulkemail', 'POSITION', { direction: 'outbound' })),
      'contacts.fields[5].dynamics',
      'goes with the lists',
    ],
    [
      'opt-out-mapped',
      {
        leads: {
          direction: 'inbound',
          fields: [map('emailaddress1', 'email'), map('donotbulkemail', 'POSITION')],
        },
      },
      'leads.fields[1].dynamics',
      'leave its mapping to `POSITION` out',
    ],
    ['read-only-column', withField(map('fullname', 'POSITION')), 'contacts.fields[5].direction', 'read-only'],
    [
      'create-only-column',
      withField(map('importsequencenumber', 'POSITION')),
      'contacts.fields[5]',
      'never after',
    ],
    ['longer-than-column', withField(map('jobtitle', 'NOTES')), 'contacts.fields[5]', '100'],
    [
      'longer-than-field',
      withField({ dynamics: 'description', activeCampaign: 'POSITION', direction: 'outbound' }),
      'contacts.fields[5]',
      'truncate',
    ],
    ['missing-options', withField(map('new_segment', 'SEGMENT')), 'contacts.fields[5]', '`Silver`'],
    [
      'unknown-option',
      withField(map('new_segment', 'SEGMENT', { choices: { Silber: 'Gold' } })),
      'contacts.fields[5].choices',
      '`Silver`',
    ],
    [
      'ambiguous-choices',
      withField(map('new_bonus', 'POSITION')),
      'contacts.fields[5].choices',
      'two options',
    ],
    [
      'choices-without-options',
      withField(map('jobtitle', 'POSITION', { choices: { a: 'b' } })),
      'contacts.fields[5].choices',
      'choices and yes/no',
    ],
    [
      'unknown-transform',
      withField(map('jobtitle', 'POSITION', { via: ['trimm'] })),
      'contacts.fields[5].via',
      '`trim`',
    ],
    [
      'transform-parameter',
      withField(map('telephone2', 'POSITION', { via: ['e164'] })),
      'contacts.fields[5].via',
      'region',
    ],
    [
      'one-way-transform',
      withField(map('jobtitle', 'POSITION', { via: ['firstWord'] })),
      'contacts.fields[5].via',
      'inbound',
    ],
    [
      'only-for-opportunities',
      withField(map('jobtitle', 'POSITION', { as: 'text' })),
      'contacts.fields[5].as',
      'opportunities',
    ],
    [
      'email-not-mapped',
      contacts({ fields: [map('jobtitle', 'POSITION')] }),
      'contacts.fields',
      'emailaddress1',
    ],
    [
      'account-not-mapped',
      {
        contacts: { direction: 'outbound', fields: [map('emailaddress1', 'email')] },
        accounts: { direction: 'outbound', fields: standardMappings.accounts },
      },
      'contacts.fields',
      '`account`',
    ],
    ['accounts-off', contacts(), 'contacts.fields', 'accounts are off'],
    ['name-not-mapped', { accounts: { direction: 'outbound', fields: [] } }, 'accounts.fields', '`name`'],
    [
      'match-not-mapped',
      contacts({ match: [{ dynamics: 'jobtitle', activeCampaign: 'email' }] }),
      'contacts.match[0]',
      'not mapped',
    ],
    [
      'match-identity-first',
      contacts({ match: [{ dynamics: 'telephone1', activeCampaign: 'phone' }] }),
      'contacts.match[0]',
      'email',
    ],
    ['required-column', contacts({ createInDynamics: 'all' }), 'contacts', '`new_key`'],
    [
      'contradiction',
      contacts({ direction: 'outbound', createInDynamics: 'all' }),
      'contacts.createInDynamics',
      'outbound',
    ],
    ['contradiction', contacts({ inboundScope: { email: { isSet: true } } }), 'contacts.inboundScope', 'all'],
    [
      'unread-condition',
      contacts({ createInDynamics: 'all', inboundScope: { NOT: { tags: { isSet: true } } } }),
      'contacts.inboundScope.tags',
      'hasNone',
    ],
    [
      'unread-condition',
      contacts({ createInDynamics: 'all', inboundScope: { account: { isSet: true } } }),
      'contacts.inboundScope',
      'accounts are off',
    ],
    ['contradiction', contacts({ direction: 'inbound', leaving: 'archive' }), 'contacts.leaving', 'inbound'],
    ['contradiction', accounts({ leaving: 'unsubscribe' }), 'accounts.leaving', 'no subscriptions'],
    [
      'contradiction',
      accounts({ deleted: { inDynamics: 'archive' } }),
      'accounts.deleted.inDynamics',
      'no archive',
    ],
    ['contradiction', accounts({ createInDynamics: 'tagged' }), 'accounts.createInDynamics', 'no tags'],
    [
      'contradiction',
      {
        ...contacts(),
        optOut: {
          direction: 'inbound',
          resubscribe: 'resubscribe people when Dynamics 365 allows e-mail again',
        },
      },
      'optOut.resubscribe',
      'subscribed again',
    ],
    [
      'unguarded-deletes',
      contacts({ deleted: { inDynamics: 'delete' } }),
      'contacts.deleted',
      'guards.maxDeletes',
    ],
    ['opt-out-column', { ...contacts(), optOut: { columns: ['jobtitle'] } }, 'optOut.columns[0]', 'yes/no'],
    [
      'opt-out-column',
      { ...contacts(), optOut: { columns: ['donotbulkmail'] } },
      'optOut.columns[0]',
      '`donotbulkemail`',
    ],
    ['opt-out-list', { ...contacts(), optOut: { lists: ['2', 'Letters'] } }, 'optOut.lists[1]', '`Letters`'],
    ['nothing-on', {}, '', 'nothing will be in sync'],
    ['unknown-field', contacts({ scope: { lastnam: 'Ek' } }), 'contacts.scope.lastnam', '`lastname`'],
    ['unknown-operator', contacts({ scope: { lastname: { gt: 1 } } }), 'contacts.scope.lastname', 'contains'],
    ['wrong-operand', contacts({ scope: { statecode: 'Actve' } }), 'contacts.scope.statecode', '`Active`'],
    ['undefined-value', contacts({ scope: { lastname: undefined } }), 'contacts.scope.lastname', 'undefined'],
    ['empty-list', contacts({ scope: { OR: [] } }), 'contacts.scope.OR', 'empty list'],
    [
      'opportunities-without-people',
      { opportunities: { object: 'deals', fields: [] } },
      'opportunities',
      'contacts or leads',
    ],
    [
      'as-missing',
      { ...contacts(), opportunities: { object: 'deals', fields: [map('name', 'name')] } },
      'opportunities.fields[0]',
      "as: 'text'",
    ],
    [
      'currency-missing',
      {
        ...contacts(),
        opportunities: { object: 'deals', fields: [map('actualvalue', 'value', { as: 'currency' })] },
      },
      'opportunities.fields[0]',
      'EUR',
    ],
    [
      'too-many-fields',
      {
        ...contacts(),
        opportunities: {
          object: 'deals',
          fields: Array.from({ length: 21 }, (_, n) => map('name', `name-${n}`, { as: 'text' })),
        },
      },
      'opportunities.fields',
      '20',
    ],
  ]

  it.each(cases)('%s is reported', (code, definition, path, words) => {
    const diagnostic = checkDefinition(definition, schema).diagnostics.find(
      (candidate) => candidate.code === code && candidate.path === path,
    )
    expect(diagnostic?.message).toContain(words)
  })

  it('lists all problems at once', () => {
    const checked = checkDefinition(
      withField(map('jobtitel', 'POSITION'), map('birthdate', 'SEGMENT'), map('fullname', 'NOTES')),
      schema,
    )
    expect(checked.ok).toBe(false)
    const errors = checked.diagnostics.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ code }) => code)).toEqual([
      'unknown-column',
      'incompatible-types',
      'read-only-column',
    ])
  })

  it('lists them also where settings are misspelt', () => {
    const checked = checkDefinition(
      { ...withField(map('jobtitel', 'POSITION')), guards: { maxDelete: 3 }, shedule: {} },
      schema,
    )
    const errors = checked.diagnostics.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['shedule', 'guards.maxDelete', 'contacts.fields[5].dynamics']),
    )
    expect(checked.ok).toBe(false)
  })

  it('stand in the error that defineSync throws, and how many more there are', () => {
    const misspelt = Array.from({ length: 25 }, (_, n) => ({
      ...map('jobtitel', 'POSITION'),
      [`wrong${n}`]: n,
    }))
    const { diagnostics } = checkDefinition({ contacts: { direction: 'outbound', fields: misspelt } }, schema)
    const { message } = new InvalidDefinitionError(diagnostics)
    expect(message.split('\n')).toHaveLength(22)
    expect(message).toContain(`- and ${diagnostics.length - 20} more in \`diagnostics\``)
  })

  it('finds nothing wrong where nothing is wrong', () => {
    const sound = {
      contacts: { direction: 'bidirectional', fields: standardMappings.contacts },
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts },
    }
    expect(checkDefinition(sound, schema).diagnostics).toEqual([])
  })
})

describe('what the rules leave alone', () => {
  const readTwice = withField(
    map('jobtitle', 'POSITION', { direction: 'outbound' }),
    map('jobtitle', 'NOTES', { direction: 'outbound' }),
  )
  const optedOut = map('donotbulkemail', 'POSITION', { direction: 'outbound' })
  const value = map('estimatedvalue', 'value', { as: 'text', enabled: false })
  const amount = map('estimatedvalue', 'amount', { as: 'currency', currency: 'EUR' })
  const opportunities = { object: 'd365-opportunity', fields: [value, amount] }

  it.each([
    ['a column that is only read, by two mappings', readTwice],
    [
      'who opted out, where opting out is none of the sync',
      { ...withField({ ...optedOut, direction: 'bidirectional' }), optOut: { direction: 'off' } },
    ],
    ['a mapping that replaces one that is switched off', { ...contacts(), opportunities }],
    [
      'an e-mail that flows inbound where no contact is made',
      contacts({ direction: 'inbound', fields: standardMappings.contacts }),
    ],
  ])('%s', (_, definition) => {
    const errors = checkDefinition(definition, schema).diagnostics.filter(
      ({ severity }) => severity === 'error',
    )
    expect(errors).toEqual([])
  })
})

describe('opportunities are permanent once saved', () => {
  const people = { contacts: { direction: 'outbound', fields: standardMappings.contacts } } as const
  const saved = defineSync(schema, {
    ...people,
    opportunities: {
      object: 'deals',
      fields: [map('name', 'name', { as: 'text' }), map('stepname', 'step', { as: 'text' })],
    },
  })
  const codes = (opportunities: WrittenDefinition['opportunities']) =>
    checkDefinition({ ...people, ...(opportunities === undefined ? {} : { opportunities }) }, schema, {
      saved,
    })
      .diagnostics.filter(({ severity }) => severity === 'error')
      .map(({ code }) => code)
  const [name, step] = [map('name', 'name', { as: 'text' }), map('stepname', 'step', { as: 'text' })]

  it('keeps their object and its fields', () => {
    expect(codes({ object: 'deals', fields: [name, step] })).toEqual([])
    expect(codes({ object: 'deals', fields: [name, { ...step, enabled: false }] })).toEqual([])
    expect(codes({ object: 'deals', fields: [name] })).toEqual(['opportunity-field-removed'])
    expect(codes({ object: 'deals', fields: [name, { ...step, as: 'textarea' }] })).toEqual([
      'opportunity-field-retyped',
    ])
    const euros = (currency: string) => ({
      ...people,
      opportunities: { object: 'deals', fields: [map('actualvalue', 'won', { as: 'currency', currency })] },
    })
    const retyped = checkDefinition(euros('USD'), schema, { saved: defineSync(schema, euros('EUR')) })
    expect(retyped.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'opportunity-field-retyped',
        path: 'opportunities.fields[0].currency',
        message: expect.stringMatching(/as currency in EUR .* now currency in USD/),
      }),
    )
    expect(codes({ object: 'other', fields: [name, step] })).toEqual(['object-changed'])
    expect(codes(undefined)).toEqual(['opportunity-field-removed'])
  })
})

describe('a definition from a stranger', () => {
  const nested = (depth: number): unknown => {
    let where: unknown = { lastname: 'Ek' }
    for (let level = 0; level < depth; level += 1) where = { NOT: where }
    return where
  }
  const cyclic: Record<string, unknown> = { lastname: 'Ek' }
  cyclic.NOT = cyclic

  it.each([
    [
      '10,000 conditions',
      contacts({ scope: { OR: Array.from({ length: 10_000 }, () => ({ lastname: 'Ek' })) } }),
      'too-large',
    ],
    ['nesting 1,000 deep', contacts({ scope: { NOT: nested(1000) } }), 'too-deep'],
    ['a cycle', contacts({ scope: cyclic }), 'cycle'],
    ['a prototype key', JSON.parse('{"contacts":{"__proto__":{"direction":"outbound"}}}'), 'forbidden-key'],
    ['a constructor key', JSON.parse('{"constructor":{"prototype":{}}}'), 'forbidden-key'],
    ['a huge text', contacts({ scope: { lastname: 'x'.repeat(1_000_000) } }), 'too-large'],
    ['a huge list', { contacts: Array.from({ length: 100_000 }, () => 0) }, 'too-large'],
    [
      'a million keys',
      { contacts: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [n, n])) },
      'too-large',
    ],
    [
      'a thousand mappings with settings of their own',
      withField(
        ...Array.from({ length: 900 }, () => ({
          ...map('jobtitle', 'POSITION'),
          ...Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`setting${n}`, n])),
        })),
      ),
      'unknown-setting',
    ],
    ['a function', { contacts: () => 1 }, 'not-json'],
    ['a number that is none', { guards: { maxDeletes: Number.NaN } }, 'not-json'],
  ])('%s ends in a diagnostic', (_name, definition, code) => {
    expect(find(definition, code)).toMatchObject({ severity: 'error' })
  })

  it('with a thousand misspelt mappings is told of a hundred, each once, and how many more there are', () => {
    const misspelt = Array.from({ length: 900 }, (_, n) => map(`jobtitel${n}`, `POSTION${n}`))
    const { diagnostics } = checkDefinition({ ...withField(...misspelt), shedule: {} }, schema)
    const mapped = diagnostics.filter(({ path }) => path.startsWith('contacts.fields['))
    expect(mapped).toHaveLength(100)
    expect(new Set(mapped.map(({ path }) => path.split(']')[0])).size).toBe(100)
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'more-problems',
        path: 'contacts.fields',
        message: expect.stringContaining('1700'),
      }),
    )
    expect(diagnostics).toContainEqual(expect.objectContaining({ path: 'shedule' }))
  })

  it('with a thousand unreadable values or conditions is told of a hundred, and the rest is looked at', () => {
    const broken = Array.from({ length: 900 }, () => ({ ...map('jobtitle', 'POSITION'), direction: 'both' }))
    const conditions = Array.from({ length: 900 }, (_, n) => ({ [`lastnam${n}`]: n }))
    const { diagnostics } = checkDefinition(
      { contacts: { direction: 'inbound', leaving: 'archive', fields: broken, scope: { AND: conditions } } },
      schema,
    )
    expect(diagnostics.filter(({ code }) => code === 'malformed')).toHaveLength(100)
    expect(diagnostics.filter(({ code }) => code === 'unknown-field')).toHaveLength(100)
    expect(diagnostics.filter(({ code }) => code === 'more-problems').map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining('800')]),
    )
    expect(diagnostics).toContainEqual(expect.objectContaining({ path: 'contacts.leaving' }))
  })

  it('looks at the rest of a list that is too long', () => {
    const fields = [null, ...standardMappings.contacts, ...Array.from({ length: 1200 }, () => 5)]
    const { diagnostics } = checkDefinition(
      { contacts: { direction: 'bidirectional', fields, scope: { lastnam: 'Ek' } } },
      schema,
    )
    expect(diagnostics.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['contacts.fields', 'contacts.fields[0]', 'contacts.scope.lastnam']),
    )
  })

  it('looks behind the holes of a list', () => {
    const holes: unknown[] = [map('emailaddress1', 'email')]
    holes[2] = map('jobtitel', 'POSITION')
    const paths = checkDefinition(
      { contacts: { direction: 'inbound', fields: holes } },
      schema,
    ).diagnostics.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['contacts.fields[1]', 'contacts.fields[2].dynamics']))
  })

  it.each([null, undefined, 0, 'contacts', [], new Map(), Symbol('x')])('%s is no definition', (value) => {
    expect(checkDefinition(value, schema).ok).toBe(false)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is no column', (name) => {
    const definition = withField({ dynamics: name, activeCampaign: name })
    expect(checkDefinition(definition, schema).ok).toBe(false)
  })
})
