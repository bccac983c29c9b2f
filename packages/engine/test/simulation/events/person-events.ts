import { type Deed, pick, textOf, unlessRefused } from './event.ts'

const fields = [
  ['firstname', 'firstName'],
  ['lastname', 'lastName'],
  ['telephone1', 'phone'],
] as const

export const personEvents: Readonly<Record<string, Deed>> = {
  // Two colleagues correct the same field of one person, each in the program that they have open.
  'a person is edited on both sides': ({ services: { dynamics, activeCampaign } }, { who, other, value }) => {
    const people = activeCampaign.contacts().flatMap((contact) => {
      const email = contact.email.toLowerCase()
      const row = dynamics
        .rows('contact')
        .find(({ emailaddress1 }) => String(emailaddress1).toLowerCase() === email)
      return row === undefined ? [] : [{ contact, row }]
    })
    const person = pick(people, who)
    const [column, field] = pick(fields, other) ?? fields[0]
    if (person === undefined) return false
    return unlessRefused(() => {
      dynamics.update('contact', String(person.row.contactid), { [column]: textOf((value % 3) + 1) })
      activeCampaign.updateContact(person.contact.id, { [field]: textOf(((value + 1) % 3) + 1) })
    })
  },
}
