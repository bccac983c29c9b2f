import { accountFields } from '../services.ts'
import { type Deed, type Event, pick, type Scene, textOf, unlessRefused } from './event.ts'

type Row = Readonly<Record<string, unknown>>

/** Few names, so that accounts meet and collide; one in another case, which is the same name. */
const names = ['Acme', 'Borg', 'Cogs', 'acme']

const nameOf = (number: number): string => pick(names, number) ?? ''
const siteOf = (number: number): string => {
  const text = textOf(number).trim()
  return text === '' ? '' : `https://${text}.example.com`
}

export const accountRowsOf = ({ services }: Scene): readonly Row[] =>
  services.dynamics.rows('account').filter(({ statecode }) => statecode === 0)
export const accountsOf = ({ services }: Scene): readonly Row[] => services.activeCampaign.rows('accounts')

/** ActiveCampaign has one account of each name. */
const mustBeFree = (scene: Scene, name: string, own?: Row): void => {
  const isTaken = accountsOf(scene).some(
    (account) => account.id !== own?.id && String(account.name).toLowerCase() === name.toLowerCase(),
  )
  if (isTaken) throw new Error(`${name} is taken`)
}

const editRow =
  (patch: (event: Event) => Row): Deed =>
  (scene, event) => {
    const row = pick(accountRowsOf(scene), event.who)
    if (row === undefined) return false
    return unlessRefused(() => scene.services.dynamics.update('account', String(row.accountid), patch(event)))
  }

type Choice = Pick<Event, 'other' | 'value'>

const numberOf = (value: number): number | null => value % 4 || null

/** An edit of one of the mapped columns. */
export const accountPatch = ({ other, value }: Choice): Row =>
  pick<Row>(
    [
      { websiteurl: siteOf(value) || null },
      { tickersymbol: textOf(value) || null },
      { numberofemployees: numberOf(value) },
    ],
    other,
  ) ?? {}

const writeAccount = (
  { services: { activeCampaign, clock } }: Pick<Scene, 'services'>,
  id: string,
  patch: Readonly<Record<string, string>>,
): void => {
  const updatedTimestamp = new Date(clock.now()).toISOString()
  activeCampaign.update('accounts', id, { ...patch, updatedTimestamp })
}

/** Sets a custom field of an account, which the account itself shows no trace of. */
const setCustom = (
  { services: { activeCampaign } }: Pick<Scene, 'services'>,
  accountId: string,
  field: keyof typeof accountFields,
  fieldValue: string,
): void => {
  const customFieldId = accountFields[field].id
  const known = activeCampaign
    .rows('accountCustomFieldData')
    .find((row) => row.accountId === accountId && row.customFieldId === customFieldId)
  if (known === undefined)
    activeCampaign.insert('accountCustomFieldData', { accountId, customFieldId, fieldValue })
  else activeCampaign.update('accountCustomFieldData', String(known.id), { fieldValue })
}

/** Sets one of the mapped fields. */
export const editAccount = (scene: Pick<Scene, 'services'>, id: string, { other, value }: Choice): void => {
  const field = pick(['accountUrl', 'TICKER', 'STAFF'] as const, other)
  if (field === 'TICKER') setCustom(scene, id, field, textOf(value))
  else if (field === 'STAFF') setCustom(scene, id, field, String(numberOf(value) ?? ''))
  else writeAccount(scene, id, { accountUrl: siteOf(value) })
}

const toAccount =
  (deed: (scene: Scene, account: Row, event: Event) => void): Deed =>
  (scene, event) => {
    const account = pick(accountsOf(scene), event.who)
    return account !== undefined && unlessRefused(() => deed(scene, account, event))
  }

/** Ends what joins this account, or this contact, to the other. */
const part = ({ services }: Scene, end: 'account' | 'contact', id: unknown): void => {
  for (const row of services.activeCampaign.rows('accountContacts')) {
    if (row[end] === id) services.activeCampaign.remove('accountContacts', String(row.id))
  }
}

/** Puts a person into this account, or into none. */
export const joins = (row: Row | undefined): Row =>
  row === undefined
    ? { _parentcustomerid_value: null }
    : { 'parentcustomerid_account@odata.bind': `/accounts(${String(row.accountid)})` }

export const accountEvents: Readonly<Record<string, Deed>> = {
  'an account row appears': ({ services }, event) =>
    unlessRefused(() =>
      services.dynamics.insert('account', { name: nameOf(event.who), ...accountPatch(event) }),
    ),
  'an account row is edited': editRow(accountPatch),
  'an account row is renamed': editRow(({ value }) => ({ name: nameOf(value) })),
  'an account row is deleted': (scene, { who }) => {
    const row = pick(accountRowsOf(scene), who)
    return (
      row !== undefined &&
      unlessRefused(() => scene.services.dynamics.remove('account', String(row.accountid)))
    )
  },
  // The people of the one that loses go to the other, as Merge does it.
  'two account rows are merged': (scene, { who, other }) => {
    const rows = accountRowsOf(scene)
    const winner = pick(rows, who)
    const loser = pick(
      rows.filter((row) => row !== winner),
      other,
    )
    if (winner === undefined || loser === undefined) return false
    const { dynamics } = scene.services
    return unlessRefused(() => {
      for (const person of dynamics.rows('contact')) {
        if (person._parentcustomerid_value !== loser.accountid) continue
        dynamics.update('contact', String(person.contactid), joins(winner))
      }
      const fate = { statecode: 1, merged: true, _masterid_value: winner.accountid }
      dynamics.update('account', String(loser.accountid), fate)
    })
  },
  // Who changes the company corrects the name, too, one time in two.
  'a row changes its account': (scene, { who, other, value }) => {
    const { dynamics } = scene.services
    const person = pick(dynamics.rows('contact'), who)
    if (person === undefined || accountRowsOf(scene).length === 0) return false
    const account = pick([...accountRowsOf(scene), undefined], other)
    const name = value % 2 === 0 ? {} : { lastname: textOf((value % 3) + 1) }
    return unlessRefused(() =>
      dynamics.update('contact', String(person.contactid), { ...joins(account), ...name }),
    )
  },
  'an account appears': (scene, { who, value }) =>
    unlessRefused(() => {
      mustBeFree(scene, nameOf(who))
      scene.services.activeCampaign.insert('accounts', { name: nameOf(who), accountUrl: siteOf(value) })
    }),
  'an account is edited': toAccount((scene, { id }, event) => editAccount(scene, String(id), event)),
  'an account is renamed': toAccount((scene, account, { value }) => {
    mustBeFree(scene, nameOf(value), account)
    writeAccount(scene, String(account.id), { name: nameOf(value) })
  }),
  'an account is deleted': toAccount((scene, { id }) => {
    const { activeCampaign } = scene.services
    part(scene, 'account', id)
    for (const value of activeCampaign.rows('accountCustomFieldData'))
      if (value.accountId === id) activeCampaign.remove('accountCustomFieldData', String(value.id))
    activeCampaign.remove('accounts', String(id))
  }),
  'a contact changes its account': (scene, { who, other }) => {
    const { activeCampaign } = scene.services
    const contact = pick(activeCampaign.contacts(), who)
    if (contact === undefined || accountsOf(scene).length === 0) return false
    const account = pick([...accountsOf(scene), undefined], other)
    part(scene, 'contact', contact.id)
    if (account !== undefined)
      activeCampaign.insert('accountContacts', { contact: contact.id, account: String(account.id) })
    return true
  },
}
