import type { JournalEntry, RecordKind, StoredLink, StoredRecord } from '../../src/index.ts'

export const record = (over: Partial<StoredRecord> = {}): StoredRecord => ({
  entity: 'contacts',
  side: 'dynamics',
  id: 'd1',
  fields: { firstname: 'Ada' },
  version: 'W/"1"',
  updatedOn: '2026-01-01T00:00:00Z',
  active: true,
  tags: [],
  keys: ['email:ada@example.com'],
  ...over,
})

export const link: StoredLink = {
  entity: 'contacts',
  id: 'd1',
  dynamicsId: 'd1',
  activeCampaignId: '7',
  base: { dynamics: { firstname: 'Ada' }, activeCampaign: { firstName: 'Ada' } },
}

export const intent = (over: Partial<JournalEntry> = {}): Omit<JournalEntry, 'id' | 'outcome'> => ({
  runId: null,
  planId: 'p',
  actionId: 'a',
  entity: 'contacts',
  dynamicsId: 'd1',
  activeCampaignId: '7',
  at: '2026-01-01T00:00:00.000Z',
  action: { kind: 'x' },
  ...over,
})

export const rows: RecordKind = { side: 'dynamics', entity: 'contacts' }
export const people: RecordKind = { side: 'activeCampaign', entity: 'contacts' }
export const page = { after: null, limit: 100 }
export const seen = { generation: 1, pending: false }
