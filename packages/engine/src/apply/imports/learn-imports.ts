import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../../context.ts'
import { contactKeys, contactKind } from '../../observe/contact-record.ts'
import { endOf } from '../../state/ends.ts'
import type { ContactImport, ImportedAction } from '../../state/import-state.ts'
import type { StateTransaction, StoredLink, StoredRecord } from '../../state/state-store.ts'
import type { ActionOutcome } from '../outcome.ts'
import { type Learnt, learnt } from './learnt.ts'
import { isMadeAgain, linkAgain } from './made-again.ts'
import { importsThat } from './open-imports.ts'

/** An outcome with the plan that it belongs to: an import may be learnt of long after its plan was applied. */
export interface LearntOutcome extends ActionOutcome {
  readonly planId: string
  readonly entity: string
  readonly dynamicsId: string
}

/** What the state knows of the contacts and links of an import. */
interface Known {
  contactOf(action: ImportedAction): StoredRecord | undefined
  linkOf(action: ImportedAction): StoredLink | undefined
  /** Is the contact the other end of another row of this entity? */
  isTaken(action: ImportedAction, contact: StoredRecord): boolean
  /** The contact that an import of changes has made, as the one that it was meant for had been deleted. */
  madeAgainFor(action: ImportedAction): StoredRecord | undefined
}

const emailOf = ({ fields }: StoredRecord): string => String(fields.email ?? '').toLowerCase()

const lookUp = async (
  { records, links }: StateTransaction,
  definition: CompiledDefinition,
  actions: readonly ImportedAction[],
): Promise<Known> => {
  const linked = await records.find(
    contactKind,
    actions.flatMap(({ activeCampaignId }) => activeCampaignId ?? []),
  )
  const keys = actions.flatMap((action) =>
    action.activeCampaignId === null ? action.keys : contactKeys(definition, { email: action.email }),
  )
  const found = await records.findByKey(contactKind, [...new Set(keys)])
  const byId = new Map(linked.map((contact) => [contact.id, contact]))
  const byEmail = Map.groupBy(found, emailOf)
  const linksOfContacts = await links.of(
    contactKind,
    found.map(({ id }) => id),
  )
  const linksOfRows: StoredLink[] = []
  for (const [entity, group] of Map.groupBy(actions, (action) => action.entity)) {
    const ids = group.map(({ dynamicsId }) => dynamicsId)
    linksOfRows.push(...(await links.of(endOf(entity, 'dynamics'), ids)))
  }
  const byLinkId = new Map(linksOfRows.map((link) => [link.id, link]))
  return {
    contactOf({ activeCampaignId, email }) {
      if (activeCampaignId !== null) return byId.get(activeCampaignId)
      const [only, ...others] = byEmail.get(email.toLowerCase()) ?? []
      return others.length === 0 ? only : undefined
    },
    madeAgainFor(action) {
      const { activeCampaignId, email } = action
      if (activeCampaignId === null) return undefined
      const holders = (byEmail.get(email.toLowerCase()) ?? []).filter(({ id }) => id !== activeCampaignId)
      const [only, ...others] = holders.filter(
        ({ id }) => !linksOfContacts.some((link) => link.activeCampaignId === id),
      )
      if (only === undefined || others.length > 0) return undefined
      return isMadeAgain(action, byId.get(activeCampaignId), only) ? only : undefined
    },
    linkOf: ({ linkId }) => byLinkId.get(linkId),
    isTaken: ({ entity, linkId }, { id }) =>
      linksOfContacts.some(
        (link) => link.activeCampaignId === id && link.entity === entity && link.id !== linkId,
      ),
  }
}

/** Learns of one import, in one transaction with forgetting it. */
const learnOne = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  { id, batchIds, failed, actions }: ContactImport,
): Promise<readonly LearntOutcome[]> => {
  const known = await lookUp(state, definition, actions)
  const failures = new Set((failed ?? []).map((email) => email.trim().toLowerCase()))
  const outcomes: LearntOutcome[] = []
  const made: StoredLink[] = []
  const gone: string[] = []
  for (const action of actions) {
    const contact = known.contactOf(action)
    const before = known.linkOf(action)
    const again = known.madeAgainFor(action)
    const { link, ...ended }: Learnt = again
      ? linkAgain(definition, action, again, before)
      : learnt({
          ...{ action, before, isCertain: batchIds !== null },
          contact: contact && known.isTaken(action, contact) ? undefined : contact,
          failed: failures.has(action.email.toLowerCase()),
        })
    if (again && action.activeCampaignId !== null) gone.push(action.activeCampaignId)
    const { planId, actionId, kind } = action
    const outcome: ActionOutcome = { actionId, kind, ...ended }
    if (link) made.push(link)
    await state.journal.conclude(planId, actionId, outcome, link)
    outcomes.push({ ...outcome, planId, entity: action.entity, dynamicsId: action.dynamicsId })
  }
  await state.links.save(made)
  await state.records.remove(contactKind, gone)
  await state.imports.remove(id)
  return outcomes
}

/** Is told what became of one import's actions, import after import: a first sync has hundreds of them. */
export type OnLearnt = (outcomes: readonly LearntOutcome[]) => Promise<void>

/**
 * Links what ended imports have made and remembers what they have brought into sync, from the state: call it when ActiveCampaign
 * has been read after they ended.
 */
export const learnImports = async (context: SyncContext, onLearnt?: OnLearnt): Promise<void> => {
  for await (const contactImport of importsThat('have-ended', context)) {
    const outcomes = await inState(context, (state) => learnOne(state, context.definition, contactImport))
    await onLearnt?.(outcomes)
  }
}
