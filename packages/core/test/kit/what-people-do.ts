import type { Graves } from './graves.ts'
import type { History } from './history.ts'
import { contactFields, rowFields } from './person.ts'
import { putContact, putRow, tablesOf, type World } from './world.ts'

/** All rows of people, contacts first, each with its table. */
const peopleOf = (world: World) =>
  [world, world.leads].flatMap((table) =>
    table === undefined ? [] : [...table.rows.values()].map((row) => ({ table, row })),
  )

/** Rows are merged into others, leads are qualified to contacts: what was merged is inactive from then on. */
export const mergeRows = (world: World, merges: History['merges']): void => {
  for (const [from, into] of merges) {
    const [loser, survivor] = [peopleOf(world)[from], peopleOf(world)[into]]
    if (loser === undefined || survivor === undefined || loser.row.id === survivor.row.id) continue
    if (loser.row.active === false || survivor.row.active === false) continue
    // No contact becomes a lead.
    if (loser.table !== survivor.table && survivor.table.entity === 'leads') continue
    const { id, etag: _, fields, ...more } = loser.row
    putRow(loser.table, id, fields, { ...more, active: false })
    world.merged.set(id, survivor.row.id)
  }
}

/** Rows come back under their ids, as a restored backup brings them. */
export const restoreRows = (world: World, which: History['restores'], graves: Graves): void => {
  for (const table of tablesOf(world)) {
    for (const index of which) {
      const row = [...table.deleted.values()][index]
      if (row === undefined || table.rows.has(row.id)) continue
      const { id, etag: _, fields, ...more } = row
      putRow(table, id, fields, more)
      // Forgotten on both sides, it is a new row like any other.
      if (!table.links.has(`${table.entity}/${id}`)) graves.contacts.delete(`${table.entity} ${id}`)
    }
  }
}

/** People go on working. */
export const editLater = (world: World, later: History['later']): void => {
  for (const [which, inRow, index, value] of later) {
    if (inRow) {
      const { table, row } = peopleOf(world)[which] ?? {}
      if (table === undefined || row === undefined) continue
      const { id, etag: _, ...more } = row
      const key = Object.keys(rowFields([]))[index] ?? ''
      const edit = rowFields([0, value, value, value, value])[key] ?? null
      putRow(table, id, { ...row.fields, [key]: edit }, more)
    } else {
      const contact = [...world.contacts.values()][which]
      if (contact === undefined) continue
      const key = Object.keys(contactFields([]))[index] ?? ''
      const edit = contactFields([0, value, value, value, value])[key] ?? null
      putContact(world, contact.id, { ...contact.fields, [key]: edit }, contact)
    }
  }
}
