import { accountRowsOf, joins } from './account-events.ts'
import { addressOf, copyOf, type Deed, type Event, pick, type Scene, textOf, unlessRefused } from './event.ts'

type Row = Readonly<Record<string, unknown>>

const contactsOf = ({ services }: Scene): readonly Row[] => services.dynamics.rows('contact')
const idOf = (row: Row): string => String(row.contactid)

/** Changes a row that is there. */
const edit =
  (patch: (row: Row, event: Event) => Row): Deed =>
  (scene, event) => {
    const row = pick(contactsOf(scene), event.who)
    if (row === undefined) return false
    return unlessRefused(() => scene.services.dynamics.update('contact', idOf(row), patch(row, event)))
  }

/** Two different rows. */
const two = (scene: Scene, { who, other }: Event): readonly [Row, Row] | undefined => {
  const rows = contactsOf(scene)
  const first = pick(rows, who)
  const second = pick(
    rows.filter((row) => row !== first),
    other,
  )
  return first && second && [first, second]
}

export const fieldPatch = ({ other, value }: Pick<Event, 'other' | 'value'>): Row => {
  const field = pick(['firstname', 'lastname', 'telephone1', 'jobtitle', 'numberofchildren'], other) ?? ''
  if (field === 'numberofchildren') return { [field]: value % 4 === 0 ? null : value % 4 }
  return { [field]: textOf(value) === '' ? null : textOf(value) }
}

export const rowEvents: Readonly<Record<string, Deed>> = {
  'a row appears': (scene, { who, other, value }) =>
    unlessRefused(() =>
      scene.services.dynamics.insert('contact', {
        emailaddress1: addressOf(who),
        firstname: textOf(other),
        lastname: textOf(value),
        department: value % 4 === 3 ? 'elsewhere' : 'here',
        ...joins(pick([...accountRowsOf(scene), undefined], value)),
      }),
    ),
  // Ten new contacts are where bulk import begins.
  'a dozen rows appear': ({ services }, { value }) =>
    unlessRefused(() => {
      for (let n = 0; n < 12; n += 1) {
        const emailaddress1 = `crowd${value}-${n}@example.com`
        services.dynamics.insert('contact', { emailaddress1, lastname: textOf(value + n) })
      }
    }),
  'a row is edited': edit((_, event) => fieldPatch(event)),
  'a row is edited where nothing is mapped': edit((_, { value }) => ({ description: textOf(value) })),
  'a row changes its e-mail': edit((_, { value }) => ({
    emailaddress1: value === 5 ? 'not an address' : value === 6 ? null : addressOf(value),
  })),
  'two rows swap their e-mails': (scene, event) => {
    const rows = two(scene, event)
    if (rows === undefined) return false
    const [first, second] = rows
    return unlessRefused(() => {
      const { dynamics } = scene.services
      dynamics.update('contact', idOf(first), { emailaddress1: second.emailaddress1 ?? null })
      dynamics.update('contact', idOf(second), { emailaddress1: first.emailaddress1 ?? null })
    })
  },
  'a row leaves or enters the scope': edit((row) => ({
    department: row.department === 'here' ? 'elsewhere' : 'here',
  })),
  'a row is deactivated or reactivated': edit((row) => ({ statecode: row.statecode === 0 ? 1 : 0 })),
  'a row opts out or in': edit((row) => ({ donotbulkemail: row.donotbulkemail !== true })),
  'a row is deleted': (scene, { who }) => {
    const row = pick(contactsOf(scene), who)
    if (row === undefined) return false
    scene.deletedRows.push(row)
    return unlessRefused(() => scene.services.dynamics.remove('contact', idOf(row)))
  },
  'a row is deleted and entered anew': (scene, { who, value }) => {
    const row = pick(contactsOf(scene), who)
    if (row === undefined) return false
    const { dynamics } = scene.services
    const columns = ['emailaddress1', 'firstname', 'department']
    return unlessRefused(() => {
      dynamics.remove('contact', idOf(row))
      dynamics.insert('contact', { ...copyOf(row, columns), lastname: textOf(value) })
    })
  },
  'a deleted row is restored': ({ services, deletedRows }) => {
    const row = deletedRows.pop()
    if (row === undefined) return false
    const columns = ['contactid', 'emailaddress1', 'firstname', 'lastname', 'department']
    return unlessRefused(() => services.dynamics.insert('contact', copyOf(row, columns)))
  },
  'two rows are merged': (scene, event) => {
    const rows = two(scene, event)
    if (rows === undefined || rows.some(({ statecode }) => statecode !== 0)) return false
    const [winner, loser] = rows
    const fate = { statecode: 1, merged: true, _masterid_value: idOf(winner) }
    return unlessRefused(() => scene.services.dynamics.update('contact', idOf(loser), fate))
  },
}
