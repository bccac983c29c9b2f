import { accountsInto } from '../accounts/account-contacts.ts'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { contactKind, contactRecord } from './contact-record.ts'
import type { CustomFieldIds } from './custom-fields.ts'
import { generationOf, nextGeneration, removeUnseen } from './generation.ts'
import { readCustomFields } from './read-custom-fields.ts'
import { readOptOuts } from './read-opt-outs.ts'
import { readTags } from './read-tags.ts'
import { knownWhenBegun, readWatermark, saveWatermark } from './watermark.ts'

/**
 * How far to look back behind the last change seen. ActiveCampaign's times have seconds, and two writes of one second
 * can appear after each other; contents are compared, so reading a contact again costs nothing but the call.
 */
const overlapMs = 5 * 60_000

/**
 * Reads what changed in ActiveCampaign since the last time, all of it the first time or when `full` is asked for.
 * Only a full read finds out which contacts are gone: the service tells nobody.
 */
export const observeActiveCampaign = async (
  context: SyncContext,
  customFields: CustomFieldIds,
  { full }: { readonly full: boolean },
): Promise<void> => {
  const { activeCampaign, progress, signal } = context
  const begunAtMs = context.clock.now()
  const watermark = full ? null : await inState(context, readWatermark)
  const since = watermark?.changed ?? null
  const generation = await inState(context, (state) =>
    since === null ? nextGeneration(state, contactKind) : generationOf(state, contactKind),
  )
  const query = { ...(since !== null && { updatedAfter: since, overlapMs }), ...(signal && { signal }) }
  // A contact that claims to have changed in the future must not hide what changes until then.
  const startedAt = new Date(begunAtMs).toISOString()
  let newest = watermark && knownWhenBegun(watermark, begunAtMs)
  let done = 0
  let unreadable = 0
  const touched: string[] = []
  for await (const page of activeCampaign.contacts.list(query).byPage()) {
    const ids = page.rows.map((contact) => contact.id)
    await inState(context, async (state) => {
      const { records } = state
      const withAccount = await accountsInto(state, context.definition, ids)
      const known = new Map((await records.find(contactKind, ids)).map((record) => [record.id, record]))
      const seen = page.rows.map((contact) => {
        const before = known.get(contact.id)
        if (before?.lists && before.version !== (contact.udate ?? '')) touched.push(contact.id)
        // Its tags are read below: one that was taken away must not be remembered.
        return contactRecord(context.definition, contact, withAccount(contact.id, before?.fields ?? {}), [])
      })
      await records.save(seen, { generation, pending: customFields.size > 0 })
    })
    for (const { udate } of page.rows)
      if (udate !== null && udate <= startedAt && (newest === null || udate > newest)) newest = udate
    unreadable += page.problems.length
    done += page.rows.length
    progress({ step: 'read-active-campaign', done, total: null })
  }
  if (unreadable > 0) throw new UnreadableAnswerError('contacts of ActiveCampaign', unreadable)
  if (since === null) {
    // Before anything else is read of them: what the list did not show is gone, even if its fields can still be read.
    await inState(context, (state) => removeUnseen(state, contactKind, generation))
  }
  await readTags(context, { ...query, generation })
  await readCustomFields(context, customFields, { changed: done, generation })
  await readOptOuts(context, { full, generation, touched })
  if (newest === null) return
  const noted = { changed: newest, notedAtMs: context.clock.now() }
  await inState(context, (state) => saveWatermark(state, noted))
}
