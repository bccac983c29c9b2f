import { addressOf, copyOf, type Deed, pick, type Scene, textOf, unlessRefused } from './event.ts'

const openLeads = ({ services }: Scene) =>
  services.dynamics.rows('lead').filter(({ statecode }) => statecode === 0)

export const leadEvents: Readonly<Record<string, Deed>> = {
  'a lead appears': ({ services }, { who, other, value }) =>
    unlessRefused(() =>
      services.dynamics.insert('lead', {
        subject: 'Wants a demo',
        emailaddress1: addressOf(who),
        firstname: textOf(other),
        lastname: textOf(value),
      }),
    ),
  'a lead is edited': (scene, { who, other, value }) => {
    const lead = pick(openLeads(scene), who)
    if (lead === undefined) return false
    const field = pick(['firstname', 'lastname', 'telephone1', 'jobtitle'], other) ?? ''
    const patch = { [field]: textOf(value) === '' ? null : textOf(value) }
    return unlessRefused(() => scene.services.dynamics.update('lead', String(lead.leadid), patch))
  },
  // QualifyLead closes the lead and makes a contact that names it as its origin.
  'a lead is qualified': (scene, { who }) => {
    const lead = pick(openLeads(scene), who)
    if (lead === undefined) return false
    return unlessRefused(() => {
      const { dynamics } = scene.services
      dynamics.update('lead', String(lead.leadid), { statecode: 1 })
      dynamics.insert('contact', {
        ...copyOf(lead, ['emailaddress1', 'firstname', 'lastname', 'telephone1', 'jobtitle']),
        _originatingleadid_value: lead.leadid,
      })
    })
  },
}
