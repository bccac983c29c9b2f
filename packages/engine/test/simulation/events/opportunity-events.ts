import { type Deed, type Event, pick, type Scene, textOf, unlessRefused } from './event.ts'

type Row = Readonly<Record<string, unknown>>

const edit =
  (patch: (scene: Scene, event: Event) => Row): Deed =>
  (scene, event) => {
    const { dynamics } = scene.services
    const row = pick(dynamics.rows('opportunity'), event.who)
    if (row === undefined) return false
    return unlessRefused(() => dynamics.update('opportunity', String(row.opportunityid), patch(scene, event)))
  }

/** Refers to one of the people, and now and then to nobody. */
const belongsTo = ({ services }: Scene, number: number): Row => {
  const contact = pick([...services.dynamics.rows('contact'), undefined], number)
  return { _parentcontactid_value: contact?.contactid ?? null }
}

export const opportunityEvents: Readonly<Record<string, Deed>> = {
  'an opportunity appears': (scene, { who, other, value }) =>
    unlessRefused(() =>
      scene.services.dynamics.insert('opportunity', {
        name: `Deal ${other}`,
        description: textOf(value),
        ...belongsTo(scene, who),
      }),
    ),
  'an opportunity is edited': edit((_, { other, value }) =>
    other % 2 === 0 ? { name: `Deal ${value}` } : { description: textOf(value) || null },
  ),
  'an opportunity is edited where nothing is mapped': edit((_, { value }) => ({
    customerneed: textOf(value),
  })),
  'an opportunity moves to another contact': edit((scene, { other }) => belongsTo(scene, other)),
  'an opportunity is closed': edit((_, { value }) => ({ statecode: (value % 2) + 1 })),
  'an opportunity is deleted': (scene, { who }) => {
    const { dynamics } = scene.services
    const row = pick(dynamics.rows('opportunity'), who)
    return row !== undefined && unlessRefused(() => dynamics.remove('opportunity', String(row.opportunityid)))
  },
}
