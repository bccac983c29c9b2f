import type { Candidates, Plan, RecordInput } from '../../src/index.ts'
import { planBatch } from '../../src/index.ts'
import { contactsDefinition } from './definition.ts'

const firstNames = ['Ana', 'Björn', 'Chloé', 'Dmitri', 'Emeka', 'Fatima', 'Giulia', 'Hana', 'Ines', 'Jürgen']
const lastNames = ['Almeida', 'Berg', 'Chen', 'Diaz', 'Eze', 'Fischer', 'García', 'Haddad', 'Ito', 'Jensen']
const positions = [
  'Buyer',
  'Head of purchasing',
  'Plant manager',
  'Owner',
  'Engineer, research and development',
]

const pick = (values: readonly string[], n: number): string => values[n % values.length] ?? ''

/** The `n`th person as D365 has them. */
const rowOf = (n: number) => ({
  emailaddress1: `${pick(firstNames, n)}.${pick(lastNames, Math.floor(n / 10))}.${n}@example.com`
    .normalize('NFD')
    .replace(/[^\w.@]/g, '')
    .toLowerCase(),
  firstname: pick(firstNames, n),
  lastname: pick(lastNames, Math.floor(n / 10)),
  telephone1: `+1 555 01${String(n % 100).padStart(2, '0')}`,
  jobtitle: pick(positions, n),
  governmentid: `19770101-${n}`,
  parentcustomerid: null,
  birthdate: null,
  numberofchildren: null,
})

const contactOf = (row: ReturnType<typeof rowOf>) => ({
  email: row.emailaddress1,
  firstName: row.firstname,
  lastName: row.lastname,
  phone: row.telephone1,
  POSITION: row.jobtitle,
  ID_NUMBER: row.governmentid,
  account: null,
  BIRTHDAY: null,
  CHILDREN: null,
})

/** One record of the batch: of ten, two are new, six changed in D365, one in ActiveCampaign, and one in both. */
const recordOf = (n: number): RecordInput => {
  const id = `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`
  const row = rowOf(n)
  const contact = contactOf(row)
  const kind = n % 10
  const inDynamics = kind < 8 ? { jobtitle: 'Director', governmentid: `x${n}` } : { jobtitle: 'Director' }
  const dynamics = { id, etag: `W/"${n}"`, fields: kind < 2 || kind === 8 ? row : { ...row, ...inDynamics } }
  if (kind < 2) return { dynamics }
  return {
    link: {
      id: `contacts/${id}`,
      entity: 'contacts',
      dynamicsId: id,
      activeCampaignId: String(n),
      base: { dynamics: row, activeCampaign: contact },
    },
    dynamics,
    activeCampaign: { id: String(n), fields: kind < 8 ? contact : { ...contact, POSITION: 'Manager' } },
  }
}

/** Records that are held or left alone: a shared e-mail, a malformed one, none. */
const troublesOf = (n: number): RecordInput => {
  const fields = {
    ...rowOf(n),
    emailaddress1: n % 3 === 0 ? 'team@example.com' : n % 3 === 1 ? 'at@@home' : '',
  }
  return { dynamics: { id: `ffffffff-0000-4000-8000-${String(n).padStart(12, '0')}`, etag: 'W/"1"', fields } }
}

/** A believable plan with one action for each of `actions` people, and a few entries of every other kind. */
export const largePlan = (actions: number): Plan => {
  const nobody = { dynamics: [], activeCampaign: [] }
  const candidates: Candidates = Object.fromEntries([
    ['email:team@example.com', nobody],
    ...Array.from({ length: actions }, (_, n) => [`email:${rowOf(n).emailaddress1}`, nobody]),
  ])
  return planBatch({
    definition: contactsDefinition({ guards: { maxChangedShare: 0.2 } }),
    entity: 'contacts',
    records: [
      ...Array.from({ length: actions }, (_, n) => recordOf(n)),
      ...Array.from({ length: Math.min(60, actions) }, (_, n) => troublesOf(n)),
    ],
    candidates,
    settings: { tenant: 'contoso' },
  })
}
