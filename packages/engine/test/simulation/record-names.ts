/** The parts of a record's name in the diary. */
export const partsOf = (record: string) => {
  const [side = '', entity = '', id = ''] = record.split('/')
  return { side, entity, id }
}

/** What rows of this entity end in: the entity of ActiveCampaign's records in the diary. */
export const counterpartOf = (entity: string): string =>
  entity === 'accounts' ? 'accounts' : entity === 'opportunities' ? 'records' : 'contacts'

/** Whether these rows end in contacts, which have lists. */
export const isPerson = (entity: string): boolean => entity === 'contacts' || entity === 'leads'
