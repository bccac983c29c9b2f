/** E-mails that pass from one linked contact to another. */
import { expect, test } from 'vitest'
import { createWorld, syncOnce } from './support/world.ts'

const ids = [1, 2, 3].map((n) => `${n}${n}${n}${n}${n}${n}${n}${n}-1111-4111-8111-111111111111`)
const names = ['Ada', 'Bea', 'Cem']

const threeLinked = async () => {
  const world = createWorld()
  for (const [n, contactid] of ids.entries())
    world.dynamics.insert('contact', {
      contactid,
      firstname: names[n],
      emailaddress1: `mail${n}@example.com`,
    })
  await syncOnce(world.sync)
  return world
}

/** E-mail of each row, by its place. */
const move = (world: Awaited<ReturnType<typeof threeLinked>>, emails: Readonly<Record<number, string>>) => {
  for (const [n, name] of Object.entries(emails))
    world.dynamics.update('contact', ids[Number(n)] ?? '', { emailaddress1: `${name}@example.com` })
}

const emailsOf = ({ activeCampaign }: Awaited<ReturnType<typeof threeLinked>>) =>
  Object.fromEntries(activeCampaign.contacts().map(({ firstName, email }) => [firstName, email]))

test('a chain of three goes in the only order that ActiveCampaign takes, in one run', async () => {
  const world = await threeLinked()
  move(world, { 0: 'mail1', 1: 'mail2', 2: 'new' })
  const { report } = await syncOnce(world.sync)
  expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
  expect(emailsOf(world)).toEqual({
    Ada: 'mail1@example.com',
    Bea: 'mail2@example.com',
    Cem: 'new@example.com',
  })
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a circle is held; a third address for one of them lets it go', async () => {
  const world = await threeLinked()
  move(world, { 0: 'mail1', 1: 'mail0' })
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions).toEqual([])
  expect(plan.holds.map(({ reason }) => reason.code)).toEqual(['key-taken', 'key-taken'])
  expect(plan.holds[0]?.reason.message).toContain('circle')
  move(world, { 1: 'between' })
  await syncOnce(world.sync)
  move(world, { 1: 'mail0' })
  await syncOnce(world.sync)
  expect(emailsOf(world)).toEqual({
    Ada: 'mail1@example.com',
    Bea: 'mail0@example.com',
    Cem: 'mail2@example.com',
  })
  expect(await world.sync.plan()).toMatchObject({ actions: [], holds: [] })
})
