import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWorld, syncOnce } from './support/world.ts'

/*
 * Law: applying a plan makes exactly the calls that its cost says, to each service, whatever mix of ways it takes. Reading before and
 * afterwards is not in the cost, so it is told apart by the names of the calls.
 */

const idOf = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`

const writesTo = {
  activeCampaign: ['import.start', 'contacts.create', 'contacts.update', 'contacts.get', 'contacts.delete'],
  dynamics: ['$batch', 'contacts.create', 'contacts.update', 'contacts.delete'],
} as const

const sum = (calls: Readonly<Record<string, number>>, names: readonly string[]): number =>
  names.reduce((total, name) => total + (calls[name] ?? 0), 0)

test('law: applying makes the calls that the plan says', async () => {
  const some = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 9, max: 30 }))
  const mix = fc.record({ made: some, renamed: some, readdressed: fc.nat(3), edited: some, wanted: some })
  await fc.assert(
    fc.asyncProperty(mix, async ({ made, renamed, readdressed, edited, wanted }) => {
      const world = createWorld()
      const { dynamics, activeCampaign } = world
      const linked = renamed + readdressed + edited
      for (let n = 0; n < linked; n += 1) {
        const email = `linked${n}@example.com`
        dynamics.insert('contact', { contactid: idOf(n), emailaddress1: email, lastname: 'A' })
        activeCampaign.insertContact({ email, lastName: 'A' })
      }
      await syncOnce(world.sync)
      for (let n = 0; n < linked; n += 1) {
        if (n < renamed) dynamics.update('contact', idOf(n), { lastname: 'B' })
        else if (n < renamed + readdressed)
          dynamics.update('contact', idOf(n), { emailaddress1: `other${n}@example.com` })
        else activeCampaign.updateContact(n + 1, { lastName: 'C' })
      }
      for (let n = 0; n < made; n += 1)
        dynamics.insert('contact', { contactid: idOf(1_000 + n), emailaddress1: `made${n}@example.com` })
      for (let n = 0; n < wanted; n += 1)
        activeCampaign.insertContact({ email: `wanted${n}@example.com`, tags: ['[D365: Contact]'] })

      const plan = await world.sync.plan()
      let looks = 0
      // The look before an import names the contacts, as no reading does.
      activeCampaign.faults.each(
        {
          kind: 'meanwhile',
          run: () => {
            looks += 1
          },
        },
        { operation: 'contacts.list', url: /[?&]ids(?:%5B%5D|\[\])=/ },
      )
      const before = [{ ...activeCampaign.calls.byOperation }, { ...dynamics.calls.byOperation }] as const
      const { outcomes } = await world.sync.apply(plan)
      expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([])
      const { leastCalls } = plan.cost
      expect({
        activeCampaign:
          looks +
          sum(activeCampaign.calls.byOperation, writesTo.activeCampaign) -
          sum(before[0], writesTo.activeCampaign),
        dynamics: sum(dynamics.calls.byOperation, writesTo.dynamics) - sum(before[1], writesTo.dynamics),
      }).toEqual(leastCalls)
    }),
    { numRuns: 12 },
  )
})

test('what failed in the initial sync costs what it costs as part of it', async () => {
  const { dynamics, activeCampaign, clock, sync } = createWorld()
  const isMended = activeCampaign.faults.each({ kind: 'status', status: 400 }, { operation: 'import.start' })
  for (let n = 0; n < 3; n += 1)
    dynamics.insert('contact', { contactid: idOf(n), emailaddress1: `made${n}@example.com` })
  await sync.run()
  isMended()
  await clock.sleep(61_000)
  dynamics.insert('contact', { contactid: idOf(3), emailaddress1: 'made3@example.com' })
  const plan = await sync.plan()
  const before = { ...activeCampaign.calls.byOperation }
  await sync.apply(plan)
  const made =
    sum(activeCampaign.calls.byOperation, writesTo.activeCampaign) - sum(before, writesTo.activeCampaign)
  expect([activeCampaign.contacts().length, plan.cost.leastCalls.activeCampaign]).toEqual([4, made])
})
