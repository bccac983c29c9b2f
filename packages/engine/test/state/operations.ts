import fc from 'fast-check'
import type { Page, RecordKind, StateTransaction, StoredRecord } from '../../src/index.ts'
import { type Model, modelLinks, modelRecords } from './model.ts'

/** Something asked of a store, and, where the model knows it, what the answer must be. */
export interface Operation {
  readonly say: string
  readonly ask: (state: StateTransaction) => Promise<unknown>
  readonly expected?: (model: Model) => unknown
}

/** In the order of their bytes, which is not that of any language. */
const someIds = ['10', '9', 'B', 'a', 'é'] as const
const id = fc.constantFrom(...someIds)
const ids = fc.array(id, { maxLength: 4 })
const kinds: readonly RecordKind[] = [
  { side: 'dynamics', entity: 'contacts' },
  { side: 'activeCampaign', entity: 'contacts' },
  { side: 'dynamics', entity: 'leads' },
]
const kind = fc.constantFrom(...kinds)
const entity = fc.constantFrom('contacts', 'leads')
const key = fc.constantFrom('email:a@example.com', 'email:é@example.com', 'number:1', 'Number:1')
const value = fc.constantFrom(null, '', 'Ada', '佐藤', '\u0000', '"\\\n', '😀', 1.5, true, ['x', 'y'])
const fields = fc.dictionary(fc.constantFrom('firstname', 'Lastname', 'ä'), value, { maxKeys: 2 })
const page: fc.Arbitrary<Page> = fc.record({ after: fc.option(id), limit: fc.integer({ min: 1, max: 3 }) })
const whole: Page = { after: null, limit: 100 }

const record = kind.chain((of) =>
  fc.record({
    side: fc.constant(of.side),
    entity: fc.constant(of.entity),
    id,
    fields,
    version: fc.constantFrom('W/"1"', 'W/"2"'),
    updatedOn: fc.constantFrom(null, '2026-01-01T00:00:00Z'),
    active: fc.boolean(),
    tags: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
    keys: fc.array(key, { maxLength: 3 }),
  }),
)
const link = fc.record({
  entity,
  id,
  dynamicsId: id,
  activeCampaignId: id,
  base: fc.record({ dynamics: fields, activeCampaign: fields }),
})
const byId = <Item extends { readonly entity: string; readonly id: string }>(items: readonly Item[]) =>
  items.toSorted((a, b) => (`${a.entity} ${a.id}` < `${b.entity} ${b.id}` ? -1 : 1))

/** Ways in which a record that was quiet is seen again. */
const again: Readonly<Record<string, (record: StoredRecord) => StoredRecord>> = {
  unchanged: (record) => ({ ...record, version: 'W/"3"', keys: [] }),
  tags: (record) => ({ ...record, tags: [...record.tags, 'z'] }),
  active: (record) => ({ ...record, active: !record.active }),
  fields: (record) => ({ ...record, fields: { ...record.fields, new: 1 } }),
}
const saved = { generation: 2, pending: false }

const records: readonly fc.Arbitrary<Operation>[] = [
  fc.tuple(kind, fc.constantFrom(...Object.keys(again))).map(([of, how]) => ({
    say: `see again ${JSON.stringify(of)} ${how}`,
    ask: async (state) => {
      const all = await state.records.find(of, someIds)
      await state.records.quiet(of, someIds)
      await state.records.save(
        all.map((record) => again[how]?.(record) ?? record),
        saved,
      )
    },
    expected: (model) => {
      const all = modelRecords.find(model, of, someIds)
      modelRecords.quiet(model, of, someIds)
      modelRecords.save(
        model,
        all.map((record) => again[how]?.(record) ?? record),
        saved,
      )
    },
  })),
  fc
    .tuple(fc.array(record, { maxLength: 4 }), fc.integer({ min: 1, max: 3 }), fc.boolean())
    .map(([all, generation, pending]) => ({
      say: `save ${JSON.stringify(all)} ${generation} ${pending}`,
      ask: (state) => state.records.save(all, { generation, pending }),
      expected: (model) => modelRecords.save(model, all, { generation, pending }),
    })),
  fc.tuple(kind, ids).map(([of, some]) => ({
    say: `find ${JSON.stringify([of, some])}`,
    ask: (state) => state.records.find(of, some),
    expected: (model) => modelRecords.find(model, of, some),
  })),
  fc.tuple(kind, fc.array(key, { maxLength: 3 })).map(([of, some]) => ({
    say: `findByKey ${JSON.stringify([of, some])}`,
    ask: (state) => state.records.findByKey(of, some),
    expected: (model) => modelRecords.findByKey(model, of, some),
  })),
  fc.tuple(fc.constantFrom('dirty' as const, 'pending' as const), kind, page).map(([list, of, some]) => ({
    say: `${list} ${JSON.stringify([of, some])}`,
    ask: (state) => state.records[list](of, some),
    expected: (model) => modelRecords[list](model, of, some),
  })),
  fc.tuple(kind, fc.integer({ min: 1, max: 4 }), page).map(([of, generation, some]) => ({
    say: `unseen ${JSON.stringify([of, generation, some])}`,
    ask: (state) => state.records.unseen(of, generation, some),
    expected: (model) => modelRecords.unseen(model, of, generation, some),
  })),
  fc.tuple(fc.constantFrom('quiet' as const, 'remove' as const), kind, ids).map(([change, of, some]) => ({
    say: `${change} ${JSON.stringify([of, some])}`,
    ask: (state) => state.records[change](of, some),
    expected: (model) => modelRecords[change](model, of, some),
  })),
  fc.tuple(kind, page).map(([of, some]) => ({
    say: `touch ${JSON.stringify([of, some])}`,
    ask: (state) => state.records.touch(of, some),
    expected: (model) => modelRecords.touch(model, of, some),
  })),
  kind.map((of) => ({
    say: `count ${JSON.stringify(of)}`,
    ask: (state) => state.records.count(of),
    expected: (model) => modelRecords.count(model, of),
  })),
]

const links: readonly fc.Arbitrary<Operation>[] = [
  fc.array(link, { maxLength: 3 }).map((all) => ({
    say: `link ${JSON.stringify(all)}`,
    ask: (state) => state.links.save(all),
    expected: (model) => modelLinks.save(model, all),
  })),
  fc.tuple(kind, ids).map(([of, some]) => ({
    say: `links of ${JSON.stringify([of, some])}`,
    ask: async (state) => byId(await state.links.of(of, some)),
    expected: (model) => byId(modelLinks.of(model, of, some)),
  })),
  fc.tuple(entity, ids).map(([of, some]) => ({
    say: `unlink ${JSON.stringify([of, some])}`,
    ask: (state) => state.links.remove(of, some),
    expected: (model) => modelLinks.remove(model, of, some),
  })),
  fc.tuple(entity, page).map(([of, some]) => ({
    say: `orphans ${JSON.stringify([of, some])}`,
    ask: (state) => state.links.orphans(of, some),
    expected: (model) => modelLinks.orphans(model, of, some),
  })),
  entity.map((of) => ({
    say: `count links ${of}`,
    ask: (state) => state.links.count(of),
    expected: (model) => modelLinks.count(model, of),
  })),
]

const name = fc.constantFrom('delta', 'Delta')
const cursors: readonly fc.Arbitrary<Operation>[] = [
  fc.tuple(name, fc.constantFrom('', 'token', '😀')).map(([of, to]) => ({
    say: `set ${of} ${to}`,
    ask: (state) => state.cursors.set(of, to),
    expected: (model) => void model.cursors.set(of, to),
  })),
  name.map((of) => ({
    say: `get ${of}`,
    ask: (state) => state.cursors.get(of),
    expected: (model) => model.cursors.get(of) ?? null,
  })),
]

const at = fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z')
const text = fc.constantFrom('p', 'P', 'ä')
/** Numbers that the database counts up differ between databases; everything else does not. */
const withoutId = ({ id: _, ...entry }: { readonly id: string }) => entry

/** What no model is needed for: the stores must agree. */
const history: readonly fc.Arbitrary<Operation>[] = [
  fc
    .array(
      fc.record({
        runId: fc.option(text),
        planId: text,
        actionId: text,
        entity,
        dynamicsId: fc.option(id),
        activeCampaignId: fc.option(id),
        at,
        action: fields,
      }),
      { maxLength: 3 },
    )
    .map((all) => ({
      say: `intend ${JSON.stringify(all)}`,
      ask: (state) => state.journal.intend(all),
    })),
  fc.tuple(text, text, fields).map(([plan, action, outcome]) => ({
    say: `conclude ${plan} ${action}`,
    ask: (state) => state.journal.conclude(plan, action, outcome),
  })),
  fc.tuple(at, fc.integer({ min: 1, max: 3 })).map(([before, limit]) => ({
    say: `forget ${before} ${limit}`,
    ask: (state) => state.journal.forget(before, limit),
  })),
  fc.constant({
    say: 'unfinished',
    ask: async (state) => (await state.journal.unfinished(whole)).map(withoutId),
  }),
  fc.tuple(kind, id).map(([of, which]) => ({
    say: `journal of ${JSON.stringify([of, which])}`,
    ask: async (state) => (await state.journal.ofRecord({ ...of, id: which }, whole)).map(withoutId),
  })),
  text.map((runId) => ({
    say: `journal of run ${runId}`,
    ask: async (state) => (await state.journal.ofRun({ runId }, whole)).map(withoutId),
  })),
  fc
    .record({ entity, side: fc.constant('dynamics' as const), id, nextTryAtMs: fc.option(fc.integer()) })
    .map((record) => ({
      say: `set aside ${JSON.stringify(record)}`,
      ask: (state) =>
        state.setAsides.save([
          { ...record, code: 'c', message: 'm', attempts: 1, since: '2026-01-01T00:00:00.000Z', seen: null },
        ]),
    })),
  fc.tuple(fc.integer(), fc.integer({ min: 1, max: 3 })).map(([nowMs, limit]) => ({
    say: `due ${nowMs} ${limit}`,
    ask: (state) => state.setAsides.due(nowMs, { after: null, limit }),
  })),
  page.map((some) => ({
    say: `set asides ${JSON.stringify(some)}`,
    ask: (state) => state.setAsides.list(some),
  })),
  fc.tuple(entity, id).map(([of, which]) => ({
    say: `release ${of} ${which}`,
    ask: (state) => state.setAsides.remove([{ side: 'dynamics', entity: of, id: which }]),
  })),
  fc.tuple(entity, id, at).map(([of, which, when]) => ({
    say: `hint ${of} ${which}`,
    ask: (state) => state.hints.add({ side: 'dynamics', entity: of, id: which, at: when }),
  })),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean()).map(([limit, finish]) => ({
    say: `take ${limit} ${finish}`,
    ask: async (state) => {
      const taken = await state.hints.take(limit)
      if (finish) await state.hints.done(taken.map(({ hintId }) => hintId))
      return taken.map(({ hintId: _, ...hint }) => hint)
    },
  })),
  fc.boolean().map((forget) => ({
    say: `hints ${forget}`,
    ask: async (state) => {
      const last = await state.hints.last()
      if (forget && last !== null) await state.hints.forget('dynamics', last)
      return state.hints.count()
    },
  })),
]

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(...records) },
  { weight: 2, arbitrary: fc.oneof(...links) },
  { weight: 1, arbitrary: fc.oneof(...cursors) },
  { weight: 3, arbitrary: fc.oneof(...history) },
)

/** A look at all there is: what went wrong in between shows here at the latest. */
export const audit: readonly Operation[] = [
  ...kinds.flatMap((of): readonly Operation[] => [
    {
      say: `all ${JSON.stringify(of)}`,
      ask: (state) => state.records.find(of, someIds),
      expected: (model) => modelRecords.find(model, of, someIds),
    },
    {
      say: `all that is dirty ${JSON.stringify(of)}`,
      ask: (state) => state.records.dirty(of, whole),
      expected: (model) => modelRecords.dirty(model, of, whole),
    },
    {
      say: `all that is pending ${JSON.stringify(of)}`,
      ask: (state) => state.records.pending(of, whole),
      expected: (model) => modelRecords.pending(model, of, whole),
    },
    {
      say: `all links of ${JSON.stringify(of)}`,
      ask: async (state) => byId(await state.links.of(of, someIds)),
      expected: (model) => byId(modelLinks.of(model, of, someIds)),
    },
  ]),
  ...['contacts', 'leads'].map(
    (of): Operation => ({
      say: `all orphans ${of}`,
      ask: (state) => state.links.orphans(of, whole),
      expected: (model) => modelLinks.orphans(model, of, whole),
    }),
  ),
  { say: 'all set aside', ask: (state) => state.setAsides.list(whole) },
  { say: 'all unfinished', ask: async (state) => (await state.journal.unfinished(whole)).map(withoutId) },
]
