import { expect } from 'vitest'
import type { Plan } from '../../src/index.ts'
import { tablesOf, type World } from './world.ts'

/** What was linked and is gone: `rows` by their contact, `contacts` by their row, each with its table. */
export interface Graves {
  readonly rows: Set<string>
  readonly contacts: Set<string>
}

/** Remembers who is gone from either end of a link. */
export const mournIn = (graves: Graves, world: World): void => {
  for (const { entity, links, rows, contacts } of tablesOf(world)) {
    for (const { dynamicsId, activeCampaignId } of links.values()) {
      const [hasRow, hasContact] = [rows.has(dynamicsId), contacts.has(activeCampaignId)]
      if (!hasRow) graves.rows.add(`${entity} ${activeCampaignId}`)
      if (!hasContact) graves.contacts.add(`${entity} ${dynamicsId}`)
    }
  }
}

/** Whoever was linked and deleted is not made again, whatever becomes of the link. */
export const expectNothingComesBack = (graves: Graves, { actions }: Plan): void => {
  for (const { kind, entity, dynamicsId, activeCampaignId } of actions) {
    if (kind === 'create-dynamics-record') {
      expect([...graves.rows], 'comes back').not.toContain(`${entity} ${activeCampaignId}`)
    }
    if (kind === 'create-active-campaign-contact' || kind === 'create-active-campaign-account') {
      expect([...graves.contacts], 'comes back').not.toContain(`${entity} ${dynamicsId}`)
    }
  }
}
