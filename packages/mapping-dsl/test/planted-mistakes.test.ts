/** Law: of two independent mistakes in a sound definition both are told, and nothing else. */
import {
  checkDefinition,
  column,
  defineSync,
  extendSchema,
  field,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { law } from './kit/law.ts'

const schema = extendSchema(standardSchema, {
  dynamics: { contacts: { new_segment: column.choice({ 1: 'Gold', 2: 'Silver' }) } },
  activeCampaign: {
    contacts: {
      POSITION: field.text(),
      SEGMENT: field.dropdown(['Gold', 'Silver']),
      OWNER: field.text(),
      NO_CALLS: field.text(),
    },
  },
})

const sound = defineSync(schema, {
  leads: { direction: 'outbound', fields: [...standardMappings.leads], scope: { lastname: { isSet: true } } },
  contacts: {
    direction: 'bidirectional',
    scope: {
      statecode: 'Active',
      OR: [{ lastname: { not: 'Ek' } }, { createdon: { inLast: { days: 30 } } }],
    },
    inboundScope: { tags: { hasAny: ['VIP'] } },
    createInDynamics: 'all',
    fields: [
      ...standardMappings.contacts,
      map('jobtitle', 'POSITION', { direction: 'outbound', via: ['trim'] }),
      map('new_segment', 'SEGMENT', { choices: { Gold: 'Gold' }, conflict: 'hold', blank: 'clear' }),
      map('ownerid', 'OWNER', { direction: 'outbound', sensitive: true }),
      map('donotphone', 'NO_CALLS', { direction: 'outbound' }),
    ],
    match: [
      { dynamics: 'emailaddress1', activeCampaign: 'email' },
      { dynamics: 'telephone1', activeCampaign: 'phone' },
    ],
    deleted: { inDynamics: 'delete', inActiveCampaign: 'keep' },
  },
  accounts: { direction: 'bidirectional', fields: [...standardMappings.accounts] },
  opportunities: {
    object: 'd365-opportunity',
    fields: [
      map('name', 'name', { as: 'text', required: true }),
      map('estimatedvalue', 'value', { as: 'currency', currency: 'EUR' }),
    ],
  },
  guards: { maxDeletes: 10 },
})

const cyclic: Record<string, unknown> = {}
cyclic.self = cyclic

const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inside) => ({ NOT: inside }), { lastname: 'Ek' })

type Path = readonly (string | number)[]

/** What is written where, and where it is told. */
interface Mistake {
  readonly at: Path
  readonly to: unknown
  readonly told: string
  /** What must be readable for this to be a mistake at all. */
  readonly needs: readonly Path[]
}

const mistake = (at: Path, to: unknown, told = '', needs: readonly Path[] = []): Mistake => ({
  at,
  to,
  needs,
  told:
    told ||
    at.reduce<string>(
      (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
      '',
    ),
})

const fields = (index: number, ...rest: Path): Path => ['contacts', 'fields', index, ...rest]

const mistakes: readonly Mistake[] = [
  mistake(['contacts', 'direction'], 'both'),
  mistake(['leads', 'direction'], undefined),
  mistake(['accounts'], 5),
  mistake(['accounts', 'enabled'], 'yes'),
  mistake(['contacts', 'fields'], 'all'),
  mistake(['contacts', 'createInDynamics'], 'sometimes'),
  mistake(['contacts', 'leaving'], () => 'keep'),
  mistake(['contacts', 'deleted', 'inDynamics'], 'forget'),
  mistake(['contacts', 'match', 0, 'dynamics'], 7),
  mistake(['contacts', 'match', 1], { dynamics: 'telephone2', activeCampaign: 'phone' }, '', [
    fields(0, 'dynamics'),
    fields(3),
  ]),
  mistake(fields(0), null),
  mistake(fields(0, 'dynamics'), Symbol('name')),
  mistake(fields(1, 'dynamics'), 'frstname'),
  mistake(fields(2, 'activeCampaign'), 'lastNme'),
  mistake(fields(3), undefined),
  mistake(fields(4, 'extra'), 1),
  mistake(fields(5, 'dynamics'), 'jobtitel'),
  mistake(fields(5, 'direction'), 'both'),
  mistake(fields(5, 'via', 0), 'trimm', 'contacts.fields[5].via'),
  mistake(fields(6, 'conflict'), 'fight'),
  mistake(fields(6, 'choices', 'Gold'), 1),
  mistake(fields(6, 'choices'), { Bronze: 'Gold' }),
  mistake(fields(6, 'blank'), Number.NaN),
  mistake(fields(7, 'direction'), 'out'),
  mistake(fields(7, 'direction'), 'inbound'),
  mistake(fields(7, 'sensitive'), 'very'),
  mistake(fields(8, 'dynamics'), 'donotbulkemail', '', [
    ['optOut', 'direction'],
    ['optOut', 'columns', 0],
  ]),
  mistake(fields(5, 'dynamics'), 'firstname', 'contacts.fields[5]', [
    ['contacts', 'direction'],
    fields(1, 'dynamics'),
    fields(5, 'direction'),
  ]),
  mistake(fields(0, 'direction'), 'outbound', '', [
    ['contacts', 'direction'],
    ['contacts', 'createInDynamics'],
    fields(0, 'dynamics'),
    fields(0, 'activeCampaign'),
  ]),
  mistake(['contacts', 'scope', 'statecode'], 'Actve'),
  mistake(['contacts', 'scope', 'statecode'], undefined),
  mistake(['contacts', 'scope', 'frstname'], 'Ann'),
  mistake(['contacts', 'scope', 'OR', 0], undefined),
  mistake(['contacts', 'scope', 'OR', 0, 'lastname', 'not'], () => 'Ek'),
  mistake(['contacts', 'scope', 'OR', 1, 'createdon', 'inLast', 'days'], undefined),
  mistake(['contacts', 'scope', 'OR', 1, 'createdon'], { gt: 3 }),
  mistake(['contacts', 'scope', 'NOT'], cyclic, 'contacts.scope.NOT.self'),
  mistake(['contacts', 'scope', 'NOT'], nested(1000), `contacts.scope${'.NOT'.repeat(38)}`),
  mistake(['contacts', 'scope', 'lastname'], 'x'.repeat(30_000)),
  mistake(['contacts', 'inboundScope'], 'VIP'),
  mistake(
    ['contacts', 'inboundScope', 'tags', 'hasAny'],
    [undefined],
    'contacts.inboundScope.tags.hasAny[0]',
  ),
  mistake(['leads', 'fields', 1, 'direction'], 'outbound', '', [['leads', 'direction']]),
  mistake(['opportunities', 'object'], 'My Object'),
  mistake(['opportunities', 'fields', 0, 'as'], 'txt'),
  mistake(['opportunities', 'fields', 1, 'currency'], 'euro'),
  mistake(['opportunities', 'fields', 1, 'dynamics'], 'estimatdvalue'),
  mistake(['guards', 'maxDeletes'], 'few'),
  mistake(['guards'], 3),
  mistake(['guards', 'maxDelete'], 3),
  mistake(['schedule', 'everyHours'], 3),
  mistake(['optOut', 'columns', 0], 1),
  mistake(['optOut', 'columns'], ['jobtitle'], 'optOut.columns[0]', [['optOut', 'direction']]),
  mistake(['optOut', 'direction'], 'never'),
  mistake(['tags'], new Map()),
  mistake(['initialSync', 'automations'], 'sometimes'),
  mistake(['initialSync', 'automation'], 'start'),
  mistake(['blank'], 'maybe'),
  mistake(['shedule'], {}),
]

const planted = (value: unknown, [key, ...rest]: Path, to: unknown): unknown => {
  if (key === undefined) return to
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) => (index === key ? planted(member, rest, to) : member))
  }
  const record: object = typeof value === 'object' && value !== null ? value : {}
  return { ...record, [key]: planted(Reflect.get(record, key), rest, to) }
}

const distinct = (paths: readonly string[]): readonly string[] =>
  [...new Set(paths)].sort((a, b) => a.localeCompare(b))

const errorsIn = (definition: unknown): readonly string[] => {
  const errors = checkDefinition(definition, schema, { saved: sound }).diagnostics.filter(
    ({ severity }) => severity === 'error',
  )
  return distinct(errors.map(({ path }) => path))
}

const isInside = (inner: Path, outer: Path): boolean => outer.every((key, index) => inner[index] === key)

/** Neither hides the other, and both are mistakes without the other. */
const apart = (a: Mistake, b: Mistake): boolean =>
  [a.at, ...a.needs].every((path) => !isInside(path, b.at)) &&
  [b.at, ...b.needs].every((path) => !isInside(path, a.at))

describe('a planted mistake', () => {
  it('is not in the sound definition', () => {
    expect(errorsIn(sound)).toEqual([])
  })

  it.each(mistakes.map((one) => [one.told, one] as const))(
    'is told at %s, and nothing that follows from it',
    (_at, one) => {
      expect(errorsIn(planted(sound, one.at, one.to))).toEqual([one.told])
    },
  )

  it('is told together with any other', () => {
    law(
      fc.tuple(fc.constantFrom(...mistakes), fc.constantFrom(...mistakes)).filter(([a, b]) => apart(a, b)),
      ([a, b]) => {
        const both = planted(planted(sound, a.at, a.to), b.at, b.to)
        expect(errorsIn(both)).toEqual(distinct([a.told, b.told]))
      },
      1500,
    )
  })
})
