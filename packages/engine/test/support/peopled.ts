import { createWorld, type TestWorld } from './world.ts'

export const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

/** Adds people to D365. */
const addPeople = (world: TestWorld, count: number): TestWorld => {
  for (let index = 1; index <= count; index += 1) {
    world.dynamics.insert('contact', {
      contactid: idOf(index),
      emailaddress1: `person${index}@example.com`,
      firstname: 'Pat',
      lastname: `Number ${index}`,
    })
  }
  return world
}

/** People in D365, and the same world each time. */
export const peopled = (count: number, options: Parameters<typeof createWorld>[0] = {}): TestWorld =>
  addPeople(createWorld(options), count)

/** The same, who came after the initial sync. */
export const peopledLater = async (count: number): Promise<TestWorld> => {
  const world = createWorld()
  await world.sync.run()
  return addPeople(world, count)
}

export const emails = ({ activeCampaign }: TestWorld): readonly string[] =>
  activeCampaign.contacts().map(({ email }) => email)
