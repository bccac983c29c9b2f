import type { CompiledField, FieldValue } from '@dynacamp/mapping-dsl'
import { expect } from 'vitest'
import {
  type Action,
  type Base,
  isDeleted,
  marks,
  type Plan,
  type PlanInput,
  referenceKey,
} from '../../src/index.ts'
import { sameId } from '../../src/plan/relation-view.ts'
import { entityIn, tablesOf, type World } from './world.ts'

/** The account of contacts in the shape of a field: whether two ids are one account is told by what is known of them. */
const relationOf = ({ definition, entity, references = {} }: PlanInput): readonly LawField[] => {
  const { accountRelation } = entityIn(definition, entity)
  if (accountRelation === undefined) return []
  const targetOf = (side: 'dynamics' | 'activeCampaign', id: FieldValue) =>
    references[referenceKey(side, 'accounts', String(id))]
  const equivalent = (dynamics: FieldValue, activeCampaign: FieldValue) => {
    // A row whose lookup leads to a person has no account.
    const account = isBlank(dynamics) ? undefined : targetOf('dynamics', dynamics)
    if (account === undefined || isBlank(activeCampaign))
      return (account === undefined) === isBlank(activeCampaign)
    return account.activeCampaignId === activeCampaign
  }
  return [{ ...accountRelation, equivalent, sameInDynamics: sameId, sameInActiveCampaign: sameId }]
}

type LawField = Pick<
  CompiledField,
  'key' | 'dynamics' | 'activeCampaign' | 'blank' | 'equivalent' | 'sameInDynamics' | 'sameInActiveCampaign'
> & { readonly table?: string | undefined }

/** Everything of an entity that is merged. */
const fieldsOf = (input: PlanInput): readonly LawField[] => [
  ...entityIn(input.definition, input.entity).fields,
  ...relationOf(input),
]

const fieldOf = (input: PlanInput, key: string): LawField => {
  const field = fieldsOf(input).find((field) => field.key === key)
  if (field === undefined) throw new Error(`no mapping ${key}`)
  return field
}

const isBlank = (value: FieldValue | undefined): boolean => value == null || value === ''

/** Pure, and blind to order: the same bytes for the same input, in whatever order it comes. */
export const expectSameBytesInAnyOrder = (
  planner: (input: PlanInput) => Plan,
  input: PlanInput,
  plan: Plan,
): void => {
  const turned = {
    ...input,
    records: input.records.toReversed(),
    candidates: Object.fromEntries(
      Object.entries(input.candidates)
        .reverse()
        .map(([key, holders]) => [
          key,
          { dynamics: holders.dynamics.toReversed(), activeCampaign: holders.activeCampaign.toReversed() },
        ]),
    ),
  }
  expect(JSON.stringify(planner(turned))).toBe(JSON.stringify(plan))
}

/** Every record of the batch is accounted for, once. */
export const expectEveryRecordCounted = (input: PlanInput, plan: Plan): void => {
  const { counts } = plan
  expect(counts.planned + counts.unchanged + counts.held + counts.skipped).toBe(counts.records)
  const entries = [...plan.actions, ...plan.holds, ...plan.skips]
  const named = (dynamicsId: string | undefined, activeCampaignId: string | undefined) =>
    entries.some(
      (entry) =>
        (dynamicsId !== undefined && entry.dynamicsId === dynamicsId) ||
        (activeCampaignId !== undefined && entry.activeCampaignId === activeCampaignId),
    )
  let silent = 0
  for (const { link, dynamics, activeCampaign } of input.records) {
    if (named(dynamics?.id, activeCampaign?.id)) continue
    // Only what is linked may be passed over without a word.
    expect(link).toBeDefined()
    silent += 1
  }
  expect(counts.unchanged).toBe(silent)
}

/** A value that disappears is named in an action, and if it was newer than the base, in a conflict that says who won. */
export const expectNothingLost = (input: PlanInput, plan: Plan): void => {
  for (const action of plan.actions) {
    const record = input.records.find(({ link }) => link?.id === action.linkId)
    for (const change of action.changes) {
      // Consent is no mapped field: it has a law of its own.
      if (isBlank(change.before) || change.key === 'opt-out') continue
      const field = fieldOf(input, change.key)
      const toRow = action.kind === 'update-dynamics-record'
      const base = toRow
        ? record?.link?.base.dynamics[field.dynamics]
        : record?.link?.base.activeCampaign[field.activeCampaign]
      const same = toRow ? field.sameInDynamics : field.sameInActiveCampaign
      const setSinceBase = base === undefined || !same(base, change.before)
      if (!setSinceBase) continue
      const conflict = plan.conflicts.find(
        (c) => c.dynamicsId === action.dynamicsId && c.field === change.key,
      )
      expect(conflict).toMatchObject(toRow ? { winner: 'activeCampaign' } : { winner: 'dynamics' })
      expect(toRow ? conflict?.dynamics : conflict?.activeCampaign).toEqual(change.before)
    }
  }
}

/** A record that is deleted loses what somebody set in it since the base only where a conflict says by which policy. */
export const expectDeletesNamed = (input: PlanInput, plan: Plan): void => {
  for (const { kind, linkId, because } of plan.actions) {
    if (!kind.startsWith('delete-')) continue
    const record = input.records.find(({ link }) => link?.id === linkId)
    const inRow = kind === 'delete-dynamics-record'
    const left = inRow ? record?.dynamics : record?.activeCampaign
    if (record?.link === undefined || left === undefined || isDeleted(left)) throw new Error(`no ${linkId}`)
    const { base, dynamicsId } = record.link
    for (const field of fieldsOf(input)) {
      const value = left.fields[inRow ? field.dynamics : field.activeCampaign]
      const was = inRow ? base.dynamics[field.dynamics] : base.activeCampaign[field.activeCampaign]
      const same = inRow ? field.sameInDynamics : field.sameInActiveCampaign
      const isNewer = !isBlank(value) && (was === undefined || !same(was, value ?? null))
      const conflict = plan.conflicts.find((c) => c.dynamicsId === dynamicsId && c.field === field.key)
      expect(conflict?.reason.message, `${linkId} ${field.key}`).toBe(isNewer ? because : undefined)
    }
    expect(because).toMatch(/`deleted\.in\w+` is `delete`/)
  }
}

/** What an action shows as `before` is what is there. */
export const expectBeforeIsTrue = (world: World, plan: Plan): void => {
  for (const action of plan.actions) {
    for (const { field, before } of action.changes) {
      const fields =
        action.kind === 'update-dynamics-record'
          ? world.rows.get(action.dynamicsId)?.fields
          : action.kind === 'update-active-campaign-contact' ||
              action.kind === 'update-active-campaign-account' ||
              action.kind === 'set-active-campaign-account'
            ? world.contacts.get(action.activeCampaignId ?? '')?.fields
            : undefined
      expect(fields?.[field] ?? null).toEqual(before)
    }
  }
}

/** No base remembers two different values, except where a policy, or a new record on one side, says so. */
export const expectHonestBase = (input: PlanInput, actions: readonly Action[]): void => {
  for (const action of actions) {
    const { kind, settles } = action
    // The id of an account that is only planned is filled in once it is known.
    if (kind === 'set-active-campaign-account' && action.account?.activeCampaignId === null) continue
    const create = kind === 'create-dynamics-record' || kind === 'create-active-campaign-contact'
    for (const field of fieldsOf(input)) {
      const dynamics = settles.dynamics[field.dynamics]
      const activeCampaign = settles.activeCampaign[field.activeCampaign]
      expect(dynamics === undefined).toBe(activeCampaign === undefined)
      if (dynamics === undefined || activeCampaign === undefined) continue
      if (field.equivalent(dynamics, activeCampaign)) continue
      const oneBlank = isBlank(dynamics) !== isBlank(activeCampaign)
      const accepted = field.blank === 'onlyIfEmpty' || (field.blank === 'ignoreBlank' && oneBlank)
      expect(accepted || (create && oneBlank)).toBe(true)
    }
  }
}

/** Where nothing is held, skipped or left alone by a policy, both sides hold the same, and the base knows it. */
export const expectAgreement = (input: PlanInput, plan: Plan): void => {
  for (const { link, dynamics, activeCampaign } of input.records) {
    if (link === undefined || dynamics === undefined || activeCampaign === undefined) continue
    if (isDeleted(dynamics) || isDeleted(activeCampaign)) continue
    if (plan.skips.some((skip) => skip.dynamicsId === dynamics.id)) continue
    if (plan.holds.some((hold) => hold.dynamicsId === dynamics.id && hold.field === null)) continue
    for (const field of fieldsOf(input)) {
      const [d, a] = [
        dynamics.fields[field.dynamics] ?? null,
        activeCampaign.fields[field.activeCampaign] ?? null,
      ]
      // A lookup to another table is no account, and ActiveCampaign has none then.
      if (field.table !== undefined && dynamics.fields[field.table] === 'contact') {
        expect(isBlank(a) || plan.holds.some(({ dynamicsId }) => dynamicsId === dynamics.id)).toBe(true)
        continue
      }
      // What was in sync and did not change stays, also when the accounts themselves are no longer linked.
      const wasInSync = 'entity' in field && link.base.dynamics[field.dynamics] !== undefined
      if (
        wasInSync &&
        field.sameInDynamics(link.base.dynamics[field.dynamics] ?? null, d) &&
        field.sameInActiveCampaign(link.base.activeCampaign[field.activeCampaign] ?? null, a)
      )
        continue
      if (field.equivalent(d, a)) {
        // Otherwise the next edit of one side would look like an edit of both.
        expect(field.sameInDynamics(link.base.dynamics[field.dynamics] ?? null, d)).toBe(true)
        expect(field.sameInActiveCampaign(link.base.activeCampaign[field.activeCampaign] ?? null, a)).toBe(
          true,
        )
        continue
      }
      if (plan.holds.some((hold) => hold.dynamicsId === dynamics.id && hold.field === field.key)) continue
      if (field.blank === 'onlyIfEmpty') continue
      if (field.blank === 'ignoreBlank' && isBlank(d) !== isBlank(a)) continue
      // A blank that was there when the other side was created from this one was never a change.
      const { dynamics: bd = null, activeCampaign: ba = null } = {
        dynamics: link.base.dynamics[field.dynamics],
        activeCampaign: link.base.activeCampaign[field.activeCampaign],
      }
      expect(
        isBlank(bd) !== isBlank(ba) && field.sameInDynamics(bd, d) && field.sameInActiveCampaign(ba, a),
      ).toBe(true)
    }
  }
}

/** Nobody is linked to somebody with another identity: a later rule looks at what two people may share. */
export const expectNoWrongPair = (input: PlanInput, plan: Plan): void => {
  const emailOf = (value: FieldValue | undefined) =>
    String(value ?? '')
      .trim()
      .toLowerCase()
  const linked = new Set(input.records.flatMap(({ link }) => (link ? [link.id] : [])))
  const seen = new Map(
    input.records.flatMap(({ dynamics, activeCampaign }) =>
      [dynamics, activeCampaign].flatMap((side, index) =>
        side === undefined || isDeleted(side) ? [] : [[`${index}${side.id}`, side.fields] as const],
      ),
    ),
  )
  for (const action of plan.actions) {
    if (action.kind !== 'link-records' || linked.has(action.linkId)) continue
    const row = emailOf(seen.get(`0${action.dynamicsId}`)?.emailaddress1)
    const contact = emailOf(seen.get(`1${action.activeCampaignId}`)?.email)
    const told = row.includes('@') && contact.includes('@')
    if (told) expect(row).toBe(contact)
  }
  const ends = plan.actions.filter(({ kind }) => kind === 'link-records')
  expect(new Set(ends.map(({ activeCampaignId }) => activeCampaignId)).size).toBe(ends.length)
}

/** Tags are only added, only where the definition says so, and only those of the vendor's app. */
export const expectTagsDeclared = ({ definition, records }: PlanInput, plan: Plan): void => {
  for (const action of plan.actions) {
    if (!('tags' in action) || action.tags.length === 0) continue
    expect(definition.tags.write).toBe(true)
    for (const tag of action.tags) expect(Object.values(marks)).toContain(tag)
    for (const { activeCampaign } of records) {
      if (activeCampaign === undefined || isDeleted(activeCampaign)) continue
      if (activeCampaign.id !== action.activeCampaignId) continue
      expect(action.tags.filter((tag) => activeCampaign.tags?.includes(tag))).toEqual([])
    }
  }
}

/**
 * No contact follows two rows, of whichever tables, also where rows were merged. A link of a row that is gone, skipped or held is a
 * memory, and moves nothing; in one table alone there are no such memories beside a live link.
 */
export const expectOneLinkPerContact = (world: World, { skips, holds }: Plan): void => {
  const still = new Set(
    [...skips, ...holds.filter(({ field }) => field === null)].map(
      ({ entity, dynamicsId }) => `${entity} ${dynamicsId}`,
    ),
  )
  const ends = tablesOf(world).flatMap(({ entity, links, rows, contacts }) =>
    [...links.values()]
      .filter(({ dynamicsId }) => rows.has(dynamicsId) && !still.has(`${entity} ${dynamicsId}`))
      .map(({ activeCampaignId }) => `${contacts === world.contacts} ${activeCampaignId}`),
  )
  expect(ends, 'rows of a contact').toEqual([...new Set(ends)])
  if (world.leads !== undefined) return
  const all = [...world.links.values()].map(({ activeCampaignId }) => activeCampaignId)
  expect(all, 'links of a contact').toEqual([...new Set(all)])
}

/** Lists that the sync itself unsubscribed somebody from. */
const ownUnsubscribes = (base: Base | undefined): readonly string[] =>
  String(base?.activeCampaign['lists:unsubscribed'] ?? '').split(',')

/** Consent is never relaxed by itself, and the most restrictive side wins. */
export const expectConsentRespected = (input: PlanInput, plan: Plan): void => {
  const { optOut } = input.definition
  for (const action of plan.actions) {
    if (action.kind !== 'resubscribe-active-campaign-contact') continue
    expect(optOut.resubscribe).not.toBe('never')
    const record = input.records.find(({ link }) => link?.id === action.linkId)
    expect(record?.link?.base.dynamics.donotbulkemail).toBe(true)
    const row = record?.dynamics
    expect(row && !isDeleted(row) && row.fields.donotbulkemail).toBe(false)
    expect(ownUnsubscribes(record?.link?.base)).toEqual(expect.arrayContaining([...action.lists]))
  }
  for (const { changes } of plan.actions) {
    for (const { field, after } of changes) if (field === 'donotbulkemail') expect(after).toBe(true)
  }
}

/** Once nothing is left to do, nobody who opted out on one side gets mail from the other. */
export const expectConsentAgrees = (input: PlanInput, plan: Plan): void => {
  for (const { link, dynamics, activeCampaign } of input.records) {
    if (link === undefined || dynamics === undefined || activeCampaign === undefined) continue
    if (isDeleted(dynamics) || isDeleted(activeCampaign) || activeCampaign.lists === undefined) continue
    if (plan.skips.some((skip) => skip.dynamicsId === dynamics.id)) continue
    if (plan.holds.some((hold) => hold.dynamicsId === dynamics.id && hold.field === null)) continue
    const own = ownUnsubscribes(link.base).map((entry) => entry.replace(':unconfirmed', ''))
    // On confirming there would be mail.
    const mailed = ['active', 'unconfirmed']
    const active = activeCampaign.lists.filter(({ status }) => mailed.includes(status)).length
    // What the sync itself unsubscribed is no word of the person.
    const offBySync = activeCampaign.lists.every(({ id }) => own.includes(id))
    const optedOut = dynamics.fields.donotbulkemail === true
    expect(optedOut && active > 0).toBe(false)
    expect(!optedOut && active === 0 && activeCampaign.lists.length > 0 && !offBySync).toBe(false)
  }
}

/** A table that flows one way is written on its other side only; that somebody opted out goes both ways. */
export const expectDirectionKept = (input: PlanInput, plan: Plan): void => {
  const { direction } = entityIn(input.definition, input.entity)
  for (const { kind, changes } of plan.actions) {
    if (direction === 'outbound') {
      expect(kind).not.toMatch(/^(create|delete|deactivate)-dynamics/)
      if (kind === 'update-dynamics-record') expect(changes.map(({ key }) => key)).toEqual(['opt-out'])
    }
    if (direction === 'inbound') {
      expect(kind).not.toMatch(/^(create|update|delete|set)-active-campaign/)
    }
  }
}

/** Deletes only where the definition says so, and only what was linked to something that is gone. */
export const expectDeletesDeclared = (input: PlanInput, plan: Plan): void => {
  const { deleted } = entityIn(input.definition, input.entity)
  for (const { kind, linkId } of plan.actions) {
    const record = input.records.find(({ link }) => link?.id === linkId)
    if (kind === 'delete-active-campaign-contact' || kind === 'delete-active-campaign-account') {
      expect(deleted.inDynamics).toBe('delete')
      expect(record?.dynamics && isDeleted(record.dynamics)).toBe(true)
    }
    if (kind === 'delete-dynamics-record') {
      expect(deleted.inActiveCampaign).toBe('delete')
      expect(record?.activeCampaign && isDeleted(record.activeCampaign)).toBe(true)
    }
  }
}
