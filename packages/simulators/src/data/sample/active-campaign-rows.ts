import type { Random } from '../../shared/random.ts'
import type { ActiveCampaignAccountRow, ActiveCampaignContactRow } from '../rows.ts'
import { interestLabels, segmentLabel } from './custom.ts'
import { instant } from './dynamics-rows.ts'
import type { Person } from './person.ts'

/** The tag by which somebody in ActiveCampaign asks for a contact to be made in Dynamics 365. */
const createInDynamics = '[D365: Contact]'

export function activeCampaignContact(
  id: number,
  person: Person,
  random: Random,
  placed: 'onBothSides' | 'onlyHere',
): ActiveCampaignContactRow {
  const differs = placed === 'onBothSides' && random.next() < 0.5
  return {
    id: String(id),
    email: person.email,
    firstName: person.firstName?.trim() ?? '',
    lastName: person.lastName?.trim() ?? '',
    phone: differs ? `+1 555 01${random.integer(10, 99)}` : (person.phone ?? ''),
    cdate: instant('2025', random),
    udate: instant('2026', random),
    deleted: '0',
    fieldValues: [
      { field: '1', value: differs ? 'Freelancer' : (person.jobTitle ?? '') },
      { field: '2', value: person.birthDate ?? '' },
      { field: '3', value: differs ? '' : person.city },
      { field: '4', value: person.income === null ? '' : String(person.income) },
      { field: '5', value: interestLabels(person.interests) },
      { field: '6', value: segmentLabel(person.segment) },
      { field: '7', value: person.noBulkEmail ? 'Yes' : 'No' },
      { field: '8', value: person.about ?? '' },
    ].filter(({ value }) => value !== ''),
    ...(placed === 'onlyHere' && random.next() < 0.5 ? { tags: [createInDynamics] } : {}),
  }
}

export function activeCampaignAccount(id: number, name: string, url: string): ActiveCampaignAccountRow {
  return { id: String(id), name, accountUrl: url }
}
