import { createWorld, type TestWorld } from './world.ts'

export const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

/** People in D365, and the same world each time. */
export const peopled = (count: number, options: Parameters<typeof createWorld>[0] = {}): TestWorld => {
  const world = createWorld(options)
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

export const emails = ({ activeCampaign }: TestWorld): readonly string[] =>
  activeCampaign.contacts().map(({ email }) => email)
