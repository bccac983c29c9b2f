import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { sqliteState } from '../../src/index.ts'
import { link, page, people, record, rows, seen } from './state-values.ts'

const folder = mkdtempSync(join(tmpdir(), 'dynacamp-migrations-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A file as the first migration made it, taken from one, with a row in each table. */
const madeByTheFirst = `
  create table "dynacamp_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
  insert into dynacamp_migration values ('0001-first', '2026-11-24T10:00:00.000Z');
  create table "dynacamp_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
  insert into dynacamp_migration_lock values ('migration_lock', 0);
  create table "dynacamp_record" ("tenant" text not null, "entity" text not null, "side" text not null, "id" text not null, "fields" text not null, "version" text not null, "updated_on" text, "active" integer not null, "tags" text not null, "generation" integer not null, "pending" integer not null, "dirty" integer not null, constraint "dynacamp_record_key" primary key ("tenant", "entity", "side", "id"));
  insert into dynacamp_record values ('t', 'contacts', 'dynamics', 'd1', '{"firstname":"Ada"}', 'W/"1"', null, 1, '[]', 1, 0, 1);
  create index "dynacamp_record_dirty" on "dynacamp_record" ("tenant", "entity", "side", "id") where "dirty" = 1;
  create table "dynacamp_key" ("tenant" text not null, "entity" text not null, "side" text not null, "id" text not null, "key" text not null, constraint "dynacamp_key_key" primary key ("tenant", "entity", "side", "key", "id"));
  insert into dynacamp_key values ('t', 'contacts', 'dynamics', 'd1', 'email:ada@example.com');
  create index "dynacamp_key_record" on "dynacamp_key" ("tenant", "entity", "side", "id");
  create table "dynacamp_link" ("tenant" text not null, "entity" text not null, "id" text not null, "dynamics_id" text not null, "active_campaign_id" text not null, "base_dynamics" text not null, "base_active_campaign" text not null, constraint "dynacamp_link_key" primary key ("tenant", "entity", "id"));
  insert into dynacamp_link values ('t', 'contacts', 'd1', 'd1', '7', '{"firstname":"Ada"}', '{"firstName":"Ada"}');
  create index "dynacamp_link_dynamics" on "dynacamp_link" ("tenant", "entity", "dynamics_id");
  create index "dynacamp_link_active_campaign" on "dynacamp_link" ("tenant", "active_campaign_id", "entity");
  create table "dynacamp_cursor" ("tenant" text not null, "name" text not null, "value" text not null, constraint "dynacamp_cursor_key" primary key ("tenant", "name"));
  insert into dynacamp_cursor values ('t', 'delta', 'token');
  insert into dynacamp_cursor values ('t', 'sync/initial', 'done');
  create table "dynacamp_journal" ("sequence" integer primary key autoincrement, "tenant" text not null, "plan_id" text not null, "action_id" text not null, "at" text not null, "action" text not null, "outcome" text);
  insert into dynacamp_journal values (4, 't', 'p', 'a1', '2026-11-24T10:00:00.000Z', '{"kind":"update-dynamics-record","entity":"contacts","dynamicsId":"d1","activeCampaignId":"7"}', '{"status":"done"}');
  insert into dynacamp_journal values (5, 't', 'p', 'a2', '2026-11-24T10:00:00.000Z', '{"kind":"create-active-campaign-contact","entity":"contacts","dynamicsId":"d2","activeCampaignId":null}', null);
  create index "dynacamp_journal_action" on "dynacamp_journal" ("tenant", "plan_id", "action_id");
`

test('a file of the first migration, with rows in it, is brought up to date and loses nothing', async () => {
  const path = join(folder, 'first.db')
  const old = new DatabaseSync(path)
  old.exec(madeByTheFirst)
  old.close()
  for (let opened = 0; opened < 2; opened += 1) {
    const store = sqliteState(path)
    await store.transaction('t', async ({ records, links, cursors, journal }) => {
      expect(await records.findByKey(rows, ['email:ada@example.com'])).toMatchObject([
        { id: 'd1', fields: { firstname: 'Ada' } },
      ])
      expect(await links.of(people, ['7'])).toMatchObject([
        { base: { activeCampaign: { firstName: 'Ada' } } },
      ])
      expect(await cursors.get('delta')).toBe('token')
      // What was read by then had been synced for the first time; another entity has not.
      expect(await cursors.get('sync/initial-ends')).toBe('{"contacts":0}')
      // A process of the version before may be at work still, and reads its own.
      expect(await cursors.get('sync/initial')).toBe('done')
      // Entries from before are found by the record they were about, which only their action named.
      expect(await journal.ofRecord({ ...people, id: '7' }, page)).toMatchObject([
        { id: '4', actionId: 'a1', runId: null, outcome: { status: 'done' } },
      ])
      expect(await journal.ofRecord({ ...rows, id: 'd2' }, page)).toMatchObject([{ id: '5', outcome: null }])
    })
    await store.close()
  }
})

/** Takes back what the migration of orphans made: a file of the version before. */
const beforeOrphans = `
  delete from dynacamp_migration where name = '0007-orphans';
  drop index dynacamp_link_orphan;
  alter table dynacamp_link drop column orphan;
`

/** Takes back what the migration of runs made, and those since. */
const beforeRuns = `
  ${beforeOrphans}
  delete from dynacamp_migration where name = '0006-runs';
  delete from dynacamp_cursor;
  drop index dynacamp_hint_record;
  alter table dynacamp_set_aside drop column seen;
`

test('how far all was seen to is told from the runs of before', async () => {
  const path = join(folder, 'runs.db')
  const now = sqliteState(path)
  await now.transaction('t', async ({ runs }) => {
    const started = [
      ['1', 'completed', '2026-11-24T10:00:00.000Z'],
      ['2', 'completed', '2026-11-24T11:00:00.000Z'],
      ['3', 'failed', '2026-11-24T12:00:00.000Z'],
    ] as const
    for (const [id, status, startedAt] of started) {
      await runs.start({ id, startedAt, trigger: 'run' })
      await runs.finish(id, { endedAt: startedAt, status, counts: {}, error: null })
    }
  })
  await now.close()
  const old = new DatabaseSync(path)
  old.exec(beforeRuns)
  old.close()
  const store = sqliteState(path)
  const seenTo = await store.transaction('t', ({ cursors }) => cursors.get('health/synced-up-to'))
  expect(seenTo).toBe(String(Date.parse('2026-11-24T11:00:00.000Z')))
  expect(await store.transaction('other', ({ cursors }) => cursors.get('health/synced-up-to'))).toBeNull()
  await store.close()
})

test('links that had lost both ends before are found as such', async () => {
  const path = join(folder, 'orphans.db')
  const now = sqliteState(path)
  const many = Array.from({ length: 600 }, (_, index) => `d${index}`)
  await now.transaction('t', async ({ records, links }) => {
    const { side, entity } = { side: 'dynamics', entity: 'leads' } as const
    await records.save([record({ id: 'd7' }), record({ side, entity, id: 'l1' })], seen)
    await records.save([record({ ...people, id: '8' })], seen)
    await links.save(many.map((id) => ({ ...link, id, dynamicsId: id })))
    await links.save([
      { ...link, entity: 'leads', id: 'l1', dynamicsId: 'l1' },
      { ...link, entity: 'leads', id: 'l2', dynamicsId: 'l2', activeCampaignId: '8' },
      { ...link, entity: 'leads', id: 'l3', dynamicsId: 'l3' },
    ])
  })
  await now.close()
  const old = new DatabaseSync(path)
  old.exec(beforeOrphans)
  old.close()
  const store = sqliteState(path)
  const whole = { after: null, limit: 1000 }
  await store.transaction('t', async ({ links }) => {
    const found = (await links.orphans('contacts', whole)).map(({ id }) => id)
    expect(new Set(found)).toEqual(new Set(many.filter((id) => id !== 'd7')))
    expect(found).toHaveLength(599)
    expect((await links.orphans('leads', whole)).map(({ id }) => id)).toEqual(['l3'])
  })
  await store.close()
})

test('a file of a later version is refused and stays as it is', async () => {
  const path = join(folder, 'later.db')
  const now = sqliteState(path)
  await now.transaction('t', ({ cursors }) => cursors.set('delta', 'token'))
  await now.close()
  const later = new DatabaseSync(path)
  later.exec("insert into dynacamp_migration values ('9999-later', '2030-01-01T00:00:00.000Z')")
  later.close()
  const store = sqliteState(path)
  const reading = store.transaction('t', ({ cursors }) => cursors.get('delta'))
  await expect(reading).rejects.toMatchObject({ code: 'newer-state', migrations: ['9999-later'] })
  await store.close()
})
