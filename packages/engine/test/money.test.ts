import {
  column,
  defineSync,
  extendSchema,
  field,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { describe, expect, test } from 'vitest'
import { createWorld, syncOnce } from './support/world.ts'

const ada = '11111111-1111-4111-8111-111111111111'

const schema = extendSchema(standardSchema, {
  dynamics: { contacts: { creditlimit: column.money({ min: 0, max: 1e14, precision: 2 }) } },
  activeCampaign: { contacts: { CREDIT: field.currency('EUR') } },
})

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [...standardMappings.contacts, map('creditlimit', 'CREDIT', { conflict: 'activeCampaignWins' })],
  },
})

/** A row of Ada with a credit limit of 100, in the environment's own currency (euros) or in dollars. */
const worldWith = (currency: 'EUR' | 'USD') => {
  const world = createWorld({ definition, schema })
  world.activeCampaign.defineField({ title: 'Credit', type: 'text', perstag: 'CREDIT' })
  const dollars = world.dynamics.insert('transactioncurrency', {
    currencyname: 'US Dollar',
    isocurrencycode: 'USD',
    currencysymbol: '$',
    exchangerate: 1.1,
    currencyprecision: 2,
  })
  const inDollars = { 'transactioncurrencyid@odata.bind': `/transactioncurrencies(${dollars})` }
  world.dynamics.insert('contact', {
    contactid: ada,
    emailaddress1: 'ada@example.com',
    creditlimit: 100,
    ...(currency === 'USD' && inDollars),
  })
  const credit = () => world.activeCampaign.contacts()[0]?.fields.CREDIT ?? ''
  const limit = () => world.dynamics.rows('contact')[0]?.creditlimit
  const setCredit = (value: string) => {
    const [contact] = world.activeCampaign.contacts()
    world.activeCampaign.updateContact(contact?.id ?? '', { fields: { CREDIT: value } })
  }
  return { ...world, inDollars, credit, limit, setCredit }
}

const holdsOf = ({ plan }: Awaited<ReturnType<typeof syncOnce>>) =>
  plan.holds.map(({ field: key, reason }) => [key, reason.code, reason.message])

const inDollarsNotEuros = [
  'creditlimit:CREDIT',
  'bad-value',
  'The amount is in USD, the field holds EUR: amounts are not converted.',
]

describe('an amount', () => {
  test('goes both ways where the currencies agree, and the next run has nothing to do', async () => {
    const world = worldWith('EUR')
    await syncOnce(world.sync)
    expect(world.credit()).toBe('10000')
    world.setCredit('25050')
    await syncOnce(world.sync)
    expect(world.limit()).toBe(250.5)
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('of a row in another currency is held, and the rest of the record goes on', async () => {
    const world = worldWith('USD')
    const first = await syncOnce(world.sync)
    expect(holdsOf(first)).toEqual([inDollarsNotEuros])
    expect(world.activeCampaign.contacts()).toMatchObject([{ email: 'ada@example.com' }])
    expect(world.credit()).toBe('')
  })

  test('is never written into a row of another currency', async () => {
    const world = worldWith('USD')
    await syncOnce(world.sync)
    world.setCredit('9900')
    expect(holdsOf(await syncOnce(world.sync))).not.toEqual([])
    expect(world.limit()).toBe(100)
  })

  test('is held once its row changes to another currency, though the number stays', async () => {
    const world = worldWith('EUR')
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, world.inDollars)
    expect(holdsOf(await syncOnce(world.sync))).toEqual([inDollarsNotEuros])
    world.setCredit('9900')
    expect(holdsOf(await syncOnce(world.sync))).toEqual([inDollarsNotEuros])
    expect([world.limit(), world.credit()]).toEqual([100, '9900'])
  })
})
