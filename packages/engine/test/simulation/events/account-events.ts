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

export const sitePatch = ({ value }: Pick<Event, 'value'>): Row => ({ websiteurl: siteOf(value) || null })

const writeAccount = (
  { services: { activeCampaign, clock } }: Pick<Scene, 'services'>,
  id: string,
  patch: Readonly<Record<string, string>>,
): void => {
  const updatedTimestamp = new Date(clock.now()).toISOString()
  activeCampaign.update('accounts', id, { ...patch, updatedTimestamp })
}

export const editSite = (scene: Pick<Scene, 'services'>, id: string, { value }: Pick<Event, 'value'>): void =>
  writeAccount(scene, id, { accountUrl: siteOf(value) })

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
  'an account row appears': ({ services }, { who, value }) =>
    unlessRefused(() => services.dynamics.insert('account', { name: nameOf(who), ...sitePatch({ value }) })),
  'an account row is edited': editRow(sitePatch),
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
  'a row changes its account': (scene, { who, other }) => {
    const { dynamics } = scene.services
    const person = pick(dynamics.rows('contact'), who)
    if (person === undefined || accountRowsOf(scene).length === 0) return false
    const account = pick([...accountRowsOf(scene), undefined], other)
    return unlessRefused(() => dynamics.update('contact', String(person.contactid), joins(account)))
  },
  'an account appears': (scene, { who, value }) =>
    unlessRefused(() => {
      mustBeFree(scene, nameOf(who))
      scene.services.activeCampaign.insert('accounts', { name: nameOf(who), accountUrl: siteOf(value) })
    }),
  'an account is edited': toAccount((scene, { id }, event) => editSite(scene, String(id), event)),
  'an account is renamed': toAccount((scene, account, { value }) => {
    mustBeFree(scene, nameOf(value), account)
    writeAccount(scene, String(account.id), { name: nameOf(value) })
  }),
  'an account is deleted': toAccount((scene, { id }) => {
    part(scene, 'account', id)
    scene.services.activeCampaign.remove('accounts', String(id))
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
