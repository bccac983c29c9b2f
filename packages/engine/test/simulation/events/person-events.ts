import { addressOf, type Deed, pick, requestTags, textOf, unlessRefused } from './event.ts'

const fields = [
  ['firstname', 'firstName'],
  ['lastname', 'lastName'],
  ['telephone1', 'phone'],
] as const

export const personEvents: Readonly<Record<string, Deed>> = {
  // A salesman enters somebody who fills in a form that same minute, and an automation asks for a row.
  'a person is entered on both sides': ({ services: { dynamics, activeCampaign } }, { who, other, value }) =>
    unlessRefused(() => {
      const email = addressOf(who)
      const isTaken = activeCampaign
        .contacts()
        .some((contact) => contact.email.toLowerCase() === email.toLowerCase())
      if (isTaken) throw new Error(`${email} is taken`)
      dynamics.insert('contact', { emailaddress1: email, lastname: textOf(value), department: 'here' })
      activeCampaign.insertContact({
        email,
        firstName: textOf(other),
        tags: [pick(requestTags, other) ?? ''],
      })
    }),
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
