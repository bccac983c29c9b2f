import { objectSlug } from '../services.ts'
import { accountRowsOf } from './account-events.ts'
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

const customerType = '_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname'

/** Names one of the people as its contact, as its customer or by its lead, or nobody. */
const belongsTo = (scene: Scene, who: number, how: number): Row => {
  const { dynamics } = scene.services
  const contact = pick(dynamics.rows('contact'), who)?.contactid ?? null
  const lead = pick(dynamics.rows('lead'), who)?.leadid ?? null
  const account = pick(accountRowsOf(scene), who)?.accountid
  const parent = { _parentcontactid_value: contact }
  const named = pick<Row>(
    [
      parent,
      parent,
      { ...parent, _originatingleadid_value: lead },
      { _customerid_value: contact, [customerType]: 'contact' },
      account === undefined ? {} : { _customerid_value: account, [customerType]: 'account' },
      { _originatingleadid_value: lead },
      {},
    ],
    how,
  )
  return { _parentcontactid_value: null, _customerid_value: null, _originatingleadid_value: null, ...named }
}

const toRecord =
  (deed: (scene: Scene, id: string, event: Event) => void): Deed =>
  (scene, event) => {
    const record = pick(scene.services.activeCampaign.objectRecords(objectSlug), event.who)
    return record !== undefined && unlessRefused(() => deed(scene, String(record.id), event))
  }

export const opportunityEvents: Readonly<Record<string, Deed>> = {
  'an opportunity appears': (scene, { who, other, value }) =>
    unlessRefused(() =>
      scene.services.dynamics.insert('opportunity', {
        name: `Deal ${other}`,
        description: textOf(value),
        ...belongsTo(scene, who, value),
      }),
    ),
  'an opportunity is edited': edit((_, { other, value }) =>
    other % 2 === 0 ? { name: `Deal ${value}` } : { description: textOf(value) || null },
  ),
  'an opportunity is edited where nothing is mapped': edit((_, { value }) => ({
    customerneed: textOf(value),
  })),
  'an opportunity moves to somebody else': edit((scene, { other, value }) => belongsTo(scene, other, value)),
  'an opportunity is closed': edit((_, { value }) => ({ statecode: (value % 2) + 1 })),
  'an opportunity is deleted': (scene, { who }) => {
    const { dynamics } = scene.services
    const row = pick(dynamics.rows('opportunity'), who)
    return row !== undefined && unlessRefused(() => dynamics.remove('opportunity', String(row.opportunityid)))
  },
  'a record of the custom object is edited': toRecord(({ services }, id, { other, value }) => {
    const values = other % 2 === 0 ? { name: `Deal ${value}` } : { about: textOf(value) }
    services.activeCampaign.updateObjectRecord(objectSlug, id, values)
  }),
  'a record of the custom object is deleted': toRecord(({ services }, id) =>
    services.activeCampaign.removeObjectRecord(objectSlug, id),
  ),
}
