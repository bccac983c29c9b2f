import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { sqliteState } from '../../src/index.ts'
import { idOf, peopled } from '../support/peopled.ts'

const folder = mkdtempSync(join(tmpdir(), 'dynacamp-beside-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('who only looks is answered while another process has a write transaction open', async () => {
  const path = join(folder, 'state.db')
  const first = sqliteState(path)
  const world = peopled(3, { state: first })
  const { runId } = await world.sync.run()
  await first.close()
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  other.exec("insert into dynacamp_cursor values ('default', 'written-meanwhile', 'x')")
  const state = sqliteState(path)
  const sync = world.newSync({ state })
  const record = { side: 'dynamics', entity: 'contacts', id: idOf(1) } as const
  expect((await sync.health()).entities).toMatchObject({ contacts: { linked: 3, inSync: 3 } })
  expect(await sync.why(record)).not.toEqual([])
  expect(await Array.fromAsync(sync.journal.ofRecord(record))).toHaveLength(1)
  expect(await Array.fromAsync(sync.journal.ofRun({ runId: runId ?? '' }))).toHaveLength(3)
  expect(await Array.fromAsync(sync.setAsides.list())).toEqual([])
  expect((await sync.undo({ runId: runId ?? '' })).skips).not.toEqual([])
  expect((await sync.runDue()).report).toBeNull()
  other.exec('commit')
  other.close()
  await state.close()
})
